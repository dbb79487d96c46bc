import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const FAILED = 'max by (collector) (collector_success) == 0'
const LAST_SUCCESS = 'max by (collector) (collector_last_success_timestamp_seconds)'

export const collectorFailing: AlertDefinition = {
  name: 'CollectorFailing',
  expr: promql`
    (
      (time() - ${LAST_SUCCESS}) / 3600 > ${overallThreshold('CollectorFailing')}
      and on (collector) ${FAILED}
    )
    or
    (${FAILED} unless on (collector) ${LAST_SUCCESS})
  `,
  for: '10m',
  severity: 'warning',
  service: 'MCO-SEI',
  requirement: 'MCO-SEI-1',
  summary: 'La collecte {{ $labels.collector }} échoue',
  description:
    'La collecte {{ $labels.collector }} n’aboutit plus : les preuves qu’elle apporte vont expirer.',
  observes: ['max by (collector) (collector_success)'],
  evaluation: '10m',
  fires: [
    {
      name: 'a collector fails since seven hours, another never succeeded',
      interval: '10m',
      series: {
        'collector_success{collector="prometheus:rectorat"}': '1x1 0x50',
        'collector_last_success_timestamp_seconds{collector="prometheus:rectorat"}': '600x51',
        'collector_success{collector="prometheus:essai"}': '0x51',
      },
      at: '7h',
      alerts: [
        {
          labels: { collector: 'prometheus:rectorat' },
          summary: 'La collecte prometheus:rectorat échoue',
          description:
            'La collecte prometheus:rectorat n’aboutit plus : les preuves qu’elle apporte vont expirer.',
        },
        {
          labels: { collector: 'prometheus:essai' },
          summary: 'La collecte prometheus:essai échoue',
          description:
            'La collecte prometheus:essai n’aboutit plus : les preuves qu’elle apporte vont expirer.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'one run fails; a push ended well long ago and has nothing new to say',
      interval: '10m',
      series: {
        'collector_success{collector="prometheus:rectorat"}': '1x40 0x10',
        'collector_last_success_timestamp_seconds{collector="prometheus:rectorat"}': '0+600x40 24000x10',
        'collector_success{collector="sauvegarde"}': '1x50',
        'collector_last_success_timestamp_seconds{collector="sauvegarde"}': '0x50',
      },
      at: '8h',
    },
  ],
}
