import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const failures = (span: string) => `sum by (task) (increase(job_runs_total{outcome="failure"}[${span}]))`
const LAST_SUCCESS = 'max by (task) (job_last_success_timestamp_seconds)'

/** Often within the hour, or once for a task of the night that has not succeeded since. */
export const jobFailing: AlertDefinition = {
  name: 'JobFailing',
  expr: promql`
    ${failures('1h')} > ${overallThreshold('JobFailing')}
    or
    (
      ${failures('26h')} > 0
      unless on (task)
      time() - ${LAST_SUCCESS} < 26 * 3600
    )
  `,
  for: '5m',
  severity: 'warning',
  summary: 'La tâche de fond {{ $labels.task }} échoue',
  description: 'La tâche de fond {{ $labels.task }} échoue : ce qu’elle fait d’ordinaire n’est plus fait.',
  observes: ['sum by (task) (job_runs_total)', LAST_SUCCESS],
  evaluation: '5m',
  fires: [
    {
      name: 'a frequent task fails each time',
      interval: '5m',
      series: {
        'job_runs_total{job="vigie",task="send-mail",outcome="failure"}': '0+1x30',
        'job_runs_total{task="seal-journal",outcome="failure"}': '0+1x30',
        'job_last_success_timestamp_seconds{task="seal-journal"}': '0x30',
      },
      at: '2h',
      alerts: [
        {
          labels: { task: 'send-mail' },
          summary: 'La tâche de fond send-mail échoue',
          description: 'La tâche de fond send-mail échoue : ce qu’elle fait d’ordinaire n’est plus fait.',
        },
        {
          labels: { task: 'seal-journal' },
          summary: 'La tâche de fond seal-journal échoue',
          description: 'La tâche de fond seal-journal échoue : ce qu’elle fait d’ordinaire n’est plus fait.',
        },
      ],
    },
    {
      name: 'a task of the night failed, and its last success is older than a day',
      interval: '5m',
      series: {
        'job_runs_total{task="ensure-partitions",outcome="failure"}': '0x300 1x60',
        'job_last_success_timestamp_seconds{task="ensure-partitions"}': '3600x360',
      },
      at: '28h',
      alerts: [
        {
          labels: { task: 'ensure-partitions' },
          summary: 'La tâche de fond ensure-partitions échoue',
          description:
            'La tâche de fond ensure-partitions échoue : ce qu’elle fait d’ordinaire n’est plus fait.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a task of the night failed, and had succeeded the night before',
      interval: '5m',
      series: {
        'job_runs_total{job="vigie",task="ensure-partitions",outcome="failure"}': '0x300 1x60',
        'job_last_success_timestamp_seconds{job="vigie",task="ensure-partitions"}': '82800x360',
      },
      at: '26h',
    },
    {
      name: 'one failure, then success',
      interval: '5m',
      series: {
        'job_runs_total{task="send-mail",outcome="failure"}': '0x10 1x20',
        'job_runs_total{task="send-mail",outcome="success"}': '0+1x30',
        'job_last_success_timestamp_seconds{task="send-mail"}': '0+300x30',
      },
      at: '2h',
    },
  ],
}
