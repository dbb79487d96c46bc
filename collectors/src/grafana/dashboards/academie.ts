import { firingAlerts } from '../annotations.ts'
import type { DashboardDefinition } from '../definition.ts'
import { topLinks } from '../links.ts'
import { FOR_DEPARTEMENTS } from '../variables.ts'
import { departementsRow, overviewRow } from './academie-overview.ts'
import { evidenceRow, evolutionRow, pointsRow, servicesRow } from './academie-services.ts'

/** For the RSSI and the AQSSI: where does the académie stand, and where must it act first? */
export const academie: DashboardDefinition = {
  uid: 'vigie-academie',
  title: 'Vigie · Conformité de l’académie',
  description:
    'Pour le RSSI et l’AQSSI : où en est l’académie devant CARINE, quels départements et quels services passent en premier ?',
  from: 'now-30d',
  refresh: '5m',
  variables: FOR_DEPARTEMENTS,
  annotations: [firingAlerts('Baisses de conformité', 'alertname="ConformityDrop"')],
  links: topLinks(
    { title: 'Carte et mosaïque', path: '/academie' },
    { title: 'Référentiel', path: '/catalogue' },
  ),
  rows: [overviewRow, departementsRow, servicesRow, evolutionRow, evidenceRow, pointsRow],
}
