import type { DashboardRow } from '../definition.ts'
import { ETABLISSEMENT, gauge } from '../expressions.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { betterHigh } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { FAMILY_WORDS } from '../panels/words.ts'

const links = [{ title: 'Bulletin', path: '/etablissements/${uai}' }]
const optional =
  'Vide si VIGIE_METRICS_ETABLISSEMENTS n’est pas à « oui » : le bulletin de Vigie l’affiche toujours.'

export const conformityRow: DashboardRow = {
  title: 'Conformité CARINE',
  panels: [
    statPanel({
      title: 'Indice CARINE',
      description: `De 0 à 100. En rouge : ouvrez le bulletin, ses trois priorités disent quoi faire cette semaine et qui appeler. ${optional}`,
      queries: [{ expr: gauge('carine_score', ETABLISSEMENT), legend: 'Indice' }],
      unit: 'short',
      decimals: 0,
      min: 0,
      max: 100,
      thresholds: betterHigh(50, 75),
      links,
      width: 5,
      height: 6,
    }),
    statPanel({
      title: 'Exigé et couverture',
      description: `Part des exigences respectées, et part dont le statut est connu. Une couverture basse : répondez aux questions du bulletin avant tout. ${optional}`,
      queries: [
        { expr: gauge('carine_etablissement_exige_ratio', ETABLISSEMENT), legend: 'Exigé' },
        { expr: gauge('carine_etablissement_coverage_ratio', ETABLISSEMENT), legend: 'Couverture' },
      ],
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterHigh(0.5, 0.75),
      links,
      width: 6,
      height: 6,
    }),
    bargaugePanel({
      title: 'Exigé, par famille de services',
      description: `Les trois familles de CARINE. La plus basse dit à qui parler : infrastructure et maintien avec la collectivité, services aux utilisateurs dans l’établissement. ${optional}`,
      queries: [
        { expr: gauge('carine_etablissement_family_exige_ratio', ETABLISSEMENT), legend: '{{family}}' },
      ],
      unit: 'percentunit',
      decimals: 0,
      min: 0,
      max: 1,
      thresholds: betterHigh(0.5, 0.75),
      overrides: FAMILY_WORDS,
      links,
      width: 9,
      height: 6,
    }),
    statPanel({
      title: 'Machines du parc',
      description: `Machines connues de Vigie. Un nombre qui baisse sans départ de matériel : l’agent d’inventaire ne transmet plus. ${optional}`,
      queries: [{ expr: gauge('parc_etablissement_machines', ETABLISSEMENT), legend: 'Machines' }],
      unit: 'short',
      links: [{ title: 'Parc', path: '/etablissements/${uai}/parc' }],
      width: 4,
      height: 6,
    }),
  ],
}
