import { firingAlerts } from '../annotations.ts'
import type { DashboardDefinition } from '../definition.ts'
import { DEPARTEMENTS, total } from '../expressions.ts'
import { topLinks } from '../links.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { betterHigh, betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { tablePanel } from '../panels/table-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { MACHINE_WORDS } from '../panels/words.ts'
import { FOR_DEPARTEMENTS } from '../variables.ts'

const machines = (labels: readonly string[]) => total('parc_machines', labels, DEPARTEMENTS)
const reporting = (labels: readonly string[]) =>
  `${total('parc_machines_reporting', labels, DEPARTEMENTS)} / ${machines(labels)}`
const aged = (labels: readonly string[]) =>
  `${total('parc_machines_aged', labels, DEPARTEMENTS)} / ${machines(labels)}`
const late = (labels: readonly string[]) =>
  `${total('backup_late_etablissements', labels, DEPARTEMENTS)} / ${total('backup_watched_etablissements', labels, DEPARTEMENTS)}`
const perEtablissement = (labels: readonly string[]) =>
  `${machines(labels)} / ${total('carine_etablissements', labels, DEPARTEMENTS)}`
const small = { width: 6, height: 5 }
const links = [{ title: 'Établissements', path: '/academie' }]

/** For the DIASER and the collectivités: what is there, is it seen, how old is it? */
export const parc: DashboardDefinition = {
  uid: 'vigie-parc',
  title: 'Vigie · Parc',
  description:
    'Pour la DIASER et les collectivités : quelles machines, lesquelles donnent encore signe de vie, lesquelles remplacer ?',
  from: 'now-7d',
  refresh: '5m',
  variables: FOR_DEPARTEMENTS,
  annotations: [firingAlerts('Collectes et sauvegardes', 'alertname=~"BackupsLate|CollectorSilent"')],
  links: topLinks({ title: 'Carte et mosaïque', path: '/academie' }),
  rows: [
    {
      title: 'L’essentiel',
      panels: [
        statPanel({
          title: 'Machines',
          description:
            'Machines inventoriées dans les départements choisis. Une chute d’un jour à l’autre : regardez d’abord si les agents transmettent.',
          queries: [{ expr: machines([]) }],
          unit: 'short',
          trend: true,
          links,
          ...small,
        }),
        statPanel({
          title: 'Donnent signe de vie',
          description:
            'Part des machines dont l’inventaire a moins de trente jours. En rouge hors vacances : l’agent est bloqué ou désinstallé, redéployez-le.',
          queries: [{ expr: reporting([]) }],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.6, 0.85),
          links,
          ...small,
        }),
        statPanel({
          title: 'Plus de sept ans',
          description:
            'Part des machines de plus de sept ans. En rouge : inscrivez leur remplacement au budget de la collectivité, elles ne reçoivent souvent plus de correctifs.',
          queries: [{ expr: aged([]) }],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterLow(0.15, 0.3),
          links,
          ...small,
        }),
        statPanel({
          title: 'Sauvegardes en retard',
          description:
            'Part des établissements suivis dont la sauvegarde a dépassé son échéance. En rouge : appelez le prestataire avant le prochain incident.',
          queries: [{ expr: late([]) }],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterLow(0.05, 0.1),
          links,
          ...small,
        }),
      ],
    },
    {
      title: 'Par département',
      panels: [
        tablePanel({
          title: 'Le parc des départements',
          description:
            'Une ligne par département. Peu de machines par établissement : l’inventaire n’est pas déployé partout. Cliquez sur le département pour ses établissements.',
          labels: [
            {
              label: 'departement',
              title: 'Département',
              link: { title: 'Mosaïque du département', path: '/academie?departement=${__value.text}' },
            },
          ],
          values: [
            { expr: machines(['departement']), title: 'Machines', unit: 'short' },
            {
              expr: perEtablissement(['departement']),
              title: 'Par établissement',
              unit: 'short',
              decimals: 1,
            },
            {
              expr: reporting(['departement']),
              title: 'Signe de vie',
              unit: 'percentunit',
              decimals: 0,
              thresholds: betterHigh(0.6, 0.85),
            },
            {
              expr: aged(['departement']),
              title: 'Plus de sept ans',
              unit: 'percentunit',
              decimals: 0,
              thresholds: betterLow(0.15, 0.3),
            },
            {
              expr: late(['departement']),
              title: 'Sauvegardes en retard',
              unit: 'percentunit',
              decimals: 0,
              thresholds: betterLow(0.05, 0.1),
            },
            {
              expr: total('collector_silent_etablissements', ['departement'], DEPARTEMENTS),
              title: 'Établissements muets',
              unit: 'short',
              thresholds: betterLow(1, 10),
            },
          ],
          sortBy: 'Signe de vie',
          ascending: true,
          width: 16,
          height: 10,
        }),
        bargaugePanel({
          title: 'Machines par sorte',
          description:
            'Postes, portables, serveurs… Trop d’« autres » : l’agent ne reconnaît pas ces modèles, complétez leur fiche dans le parc.',
          queries: [{ expr: `sort_desc(${machines(['kind'])})`, legend: '{{kind}}' }],
          unit: 'short',
          overrides: MACHINE_WORDS,
          links,
          width: 8,
          height: 10,
        }),
      ],
    },
    {
      title: 'Évolution',
      panels: [
        timeseriesPanel({
          title: 'Machines par sorte',
          description:
            'Le parc au fil du temps. Une marche vers le bas : un lot sorti du parc, ou une collecte arrêtée ; comparez avec « donnent signe de vie ».',
          queries: [{ expr: machines(['kind']), legend: '{{kind}}' }],
          unit: 'short',
          stacked: true,
          overrides: MACHINE_WORDS,
          width: 12,
          height: 8,
        }),
        timeseriesPanel({
          title: 'Signe de vie, par département',
          description:
            'Part des machines inventoriées depuis moins de trente jours. Une baisse pendant les vacances est normale ; si elle dure après la rentrée, redéployez l’agent.',
          queries: [{ expr: reporting(['departement']), legend: '{{departement}}' }],
          unit: 'percentunit',
          decimals: 0,
          min: 0,
          max: 1,
          width: 12,
          height: 8,
        }),
      ],
    },
  ],
}
