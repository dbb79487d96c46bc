import { firingAlerts } from '../annotations.ts'
import type { DashboardDefinition } from '../definition.ts'
import { ETABLISSEMENT } from '../expressions.ts'
import { topLinks } from '../links.ts'
import { FOR_ETABLISSEMENT } from '../variables.ts'
import { alertsTable } from './alerts-panels.ts'
import { conformityRow } from './etablissement-conformity.ts'
import { availabilityRow, networkRow, servicesRow } from './etablissement-services.ts'

/** For a head of school and those who keep its network: does everything answer, and what is owed? */
export const etablissement: DashboardDefinition = {
  uid: 'vigie-etablissement',
  title: 'Vigie · Un établissement',
  description:
    'Pour le chef d’établissement, le correspondant de maintenance et la collectivité : est-ce que tout répond, depuis quand, et qui doit agir ?',
  from: 'now-24h',
  refresh: '1m',
  variables: FOR_ETABLISSEMENT,
  annotations: [firingAlerts('Alertes de l’établissement', ETABLISSEMENT)],
  links: topLinks(
    { title: 'Bulletin de l’établissement', path: '/etablissements/${uai}' },
    { title: 'Supervision de l’établissement', path: '/etablissements/${uai}/supervision' },
    { title: 'Ses incidents', path: '/incidents?etablissement=${uai}' },
  ),
  rows: [
    servicesRow,
    availabilityRow,
    networkRow,
    {
      title: 'Alertes de l’établissement',
      panels: [alertsTable({ selector: ETABLISSEMENT, width: 24, height: 6 })],
    },
    conformityRow,
  ],
}
