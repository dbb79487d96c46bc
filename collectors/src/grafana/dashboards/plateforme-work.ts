import type { DashboardRow } from '../definition.ts'
import { byTask, gauge } from '../expressions.ts'
import { betterLow, yesOrNo } from '../panels/palette.ts'
import { tablePanel } from '../panels/table-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { JobFailing, CollectorFailing } = ALERT_THRESHOLDS

export const jobsRow: DashboardRow = {
  title: 'Tâches de fond',
  panels: [
    tablePanel({
      title: 'Chaque tâche',
      description: `Depuis quand chaque tâche a réussi, combien elle a duré. À ${JobFailing.default} échecs en une heure, JobFailing sonne : son message est dans le journal du service, elle se rejoue sans danger.`,
      labels: [{ label: 'task', title: 'Tâche' }],
      values: [
        {
          expr: `time() - ${byTask('max', 'job_last_success_timestamp_seconds')}`,
          title: 'Dernier succès, il y a',
          unit: 's',
          decimals: 0,
          thresholds: betterLow(86_400, 172_800),
        },
        { expr: byTask('max', 'job_duration_seconds'), title: 'Durée', unit: 's' },
        {
          expr: byTask('sum', 'increase(job_runs_total{outcome="failure"}[1h])'),
          title: 'Échecs (1 h)',
          unit: 'short',
          decimals: 0,
          thresholds: betterLow(1, JobFailing.default),
        },
      ],
      sortBy: 'Échecs (1 h)',
      width: 12,
      height: 10,
    }),
    timeseriesPanel({
      title: 'Passages des tâches, par issue',
      description:
        'Tâches passées par heure. Une courbe d’échecs régulière : la cause ne partira pas seule. Plus de succès du tout : l’ordonnanceur est arrêté.',
      queries: [{ expr: 'sum by (outcome) (increase(job_runs_total[1h]))', legend: '{{outcome}}' }],
      unit: 'short',
      overrides: {
        success: [{ id: 'displayName', value: '✓ Succès' }],
        failure: [{ id: 'displayName', value: '✕ Échecs' }],
      },
      width: 12,
      height: 10,
    }),
  ],
}

export const collectorsRow: DashboardRow = {
  title: 'Collectes',
  panels: [
    tablePanel({
      title: 'Chaque collecte',
      description: `La dernière collecte de chaque source, sa durée, son dernier succès. Au-delà de ${CollectorFailing.default} heures sans succès, CollectorFailing sonne : essayez « vigie collect … --dry-run », vérifiez le jeton et le pare-feu.`,
      labels: [{ label: 'collector', title: 'Collecte' }],
      values: [
        {
          expr: gauge('collector_success'),
          title: 'Dernière fois',
          unit: 'short',
          mappings: yesOrNo('Réussie', 'Échouée'),
        },
        {
          expr: 'time() - max by (collector) (collector_last_success_timestamp_seconds)',
          title: 'Dernier succès, il y a',
          unit: 's',
          decimals: 0,
          thresholds: betterLow(3_600, CollectorFailing.default * 3_600),
        },
        { expr: gauge('collector_duration_seconds'), title: 'Durée', unit: 's' },
      ],
      sortBy: 'Dernier succès, il y a',
      width: 12,
      height: 9,
    }),
    timeseriesPanel({
      title: 'Établissements muets',
      description:
        'Établissements qui transmettaient et ne transmettent plus, par département. Une montée brusque dans un seul département : son pare-feu ou son proxy a changé.',
      queries: [
        {
          expr: 'sum by (departement) (max by (academie, departement) (collector_silent_etablissements))',
          legend: '{{departement}}',
        },
      ],
      unit: 'short',
      width: 12,
      height: 9,
    }),
  ],
}
