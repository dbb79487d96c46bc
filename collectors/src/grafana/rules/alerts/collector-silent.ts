import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { academieThreshold } from '../threshold-expression.ts'

const KNOWN =
  'sum by (academie, departement) (max by (academie, departement, degree) (carine_etablissements))'
const SILENT = `100 * max by (academie, departement) (collector_silent_etablissements) / (${KNOWN} > 0)`

export const collectorSilent: AlertDefinition = {
  name: 'CollectorSilent',
  expr: promql`
    ${SILENT}
    > on (academie) group_left ()
    ${academieThreshold('CollectorSilent', 'carine_etablissements')}
  `,
  for: '30m',
  severity: 'warning',
  service: 'MCO-SEI',
  requirement: 'MCO-SEI-1',
  summary: 'Des établissements du département {{ $labels.departement }} ne transmettent plus rien',
  description:
    '{{ $value | printf "%.0f" }} % des établissements du département {{ $labels.departement }} transmettaient des preuves, et n’en transmettent plus.',
  observes: [SILENT],
  evaluation: '1m',
  fires: [
    {
      name: 'one establishment in five went silent',
      interval: '1m',
      series: {
        'carine_etablissements{academie="98",departement="991",degree="d1"}': '40x60',
        'carine_etablissements{academie="98",departement="991",degree="d2"}': '10x60',
        'collector_silent_etablissements{academie="98",departement="991"}': '10x60',
      },
      at: '45m',
      alerts: [
        {
          labels: { academie: '98', departement: '991' },
          summary: 'Des établissements du département 991 ne transmettent plus rien',
          description:
            '20 % des établissements du département 991 transmettaient des preuves, et n’en transmettent plus.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'one or two in fifty',
      interval: '1m',
      series: {
        'carine_etablissements{academie="98",departement="991",degree="d2"}': '50x60',
        'collector_silent_etablissements{academie="98",departement="991"}': '2x60',
      },
      at: '45m',
    },
  ],
}
