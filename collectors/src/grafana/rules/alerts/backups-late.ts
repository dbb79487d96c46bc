import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { academieThreshold } from '../threshold-expression.ts'

const LATE =
  '100 * max by (academie, departement) (backup_late_etablissements) / (max by (academie, departement) (backup_watched_etablissements) > 0)'

export const backupsLate: AlertDefinition = {
  name: 'BackupsLate',
  expr: promql`
    ${LATE}
    > on (academie) group_left ()
    ${academieThreshold('BackupsLate', 'backup_watched_etablissements')}
  `,
  for: '30m',
  severity: 'warning',
  service: 'MCO-SVG',
  requirement: 'MCO-SVG-2',
  summary: 'Des sauvegardes sont en retard dans le département {{ $labels.departement }}',
  description:
    '{{ $value | printf "%.0f" }} % des établissements suivis du département {{ $labels.departement }} n’ont pas de sauvegarde récente.',
  observes: [LATE],
  evaluation: '1m',
  fires: [
    {
      name: 'one in four is late, as two processes read it; one in seven where nothing is set',
      interval: '1m',
      series: {
        'backup_watched_etablissements{academie="98",departement="991",instance="a"}': '40x60',
        'backup_watched_etablissements{academie="98",departement="991",instance="b"}': '40x60',
        'backup_late_etablissements{academie="98",departement="991",instance="a"}': '10x60',
        'backup_late_etablissements{academie="98",departement="991",instance="b"}': '10x60',
        'backup_watched_etablissements{academie="97",departement="971",instance="a"}': '40x60',
        'backup_late_etablissements{academie="97",departement="971",instance="a"}': '6x60',
        'alert_threshold{academie="98",alert="BackupsLate",instance="a"}': '20x60',
        'alert_threshold{academie="98",alert="BackupsLate",instance="b"}': '20x60',
      },
      at: '45m',
      alerts: [
        {
          labels: { academie: '98', departement: '991' },
          summary: 'Des sauvegardes sont en retard dans le département 991',
          description: '25 % des établissements suivis du département 991 n’ont pas de sauvegarde récente.',
        },
        {
          labels: { academie: '97', departement: '971' },
          summary: 'Des sauvegardes sont en retard dans le département 971',
          description: '15 % des établissements suivis du département 971 n’ont pas de sauvegarde récente.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'each académie has its own threshold, and a département watches nothing',
      interval: '1m',
      series: {
        'backup_watched_etablissements{academie="98",departement="991"}': '40x60',
        'backup_late_etablissements{academie="98",departement="991"}': '10x60',
        'backup_watched_etablissements{academie="97",departement="971"}': '40x60',
        'backup_late_etablissements{academie="97",departement="971"}': '2x60',
        'backup_watched_etablissements{academie="98",departement="992"}': '0x60',
        'backup_late_etablissements{academie="98",departement="992"}': '0x60',
        'alert_threshold{academie="98",alert="BackupsLate"}': '30x60',
      },
      at: '45m',
    },
  ],
}
