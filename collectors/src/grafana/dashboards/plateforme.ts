import { firingAlerts } from '../annotations.ts'
import type { DashboardDefinition } from '../definition.ts'
import { topLinks } from '../links.ts'
import { FOR_ALL } from '../variables.ts'
import { alertsTimeline } from './alerts-panels.ts'
import { databaseRow, httpRow, healthRow, processRow } from './plateforme-service.ts'
import { collectorsRow, jobsRow } from './plateforme-work.ts'

const OWN = 'alertname!~"Otp.+|EtablissementServiceDown|ConformityDrop"'

/** For who runs Vigie: is the platform itself well? */
export const plateforme: DashboardDefinition = {
  uid: 'vigie-plateforme',
  title: 'Vigie · Santé de la plateforme',
  description:
    'Pour qui exploite Vigie : le service répond-il, les tâches et les collectes passent-elles, le journal est-il entier ?',
  from: 'now-6h',
  refresh: '30s',
  variables: FOR_ALL,
  annotations: [firingAlerts('Alertes de la plateforme', OWN)],
  links: topLinks(
    { title: 'Incidents', path: '/incidents' },
    { title: 'Consignes des alertes', path: '/exploitation/alertes' },
  ),
  rows: [
    healthRow,
    httpRow,
    databaseRow,
    jobsRow,
    collectorsRow,
    { title: 'Alertes', panels: [alertsTimeline({ selector: OWN, width: 24, height: 8 })] },
    processRow,
  ],
}
