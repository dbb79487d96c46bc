import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const IN_USE = '100 * db_pool_in_use / db_pool_size'

/** Looked at in each process, for each has its own connections. */
export const databasePoolSaturated: AlertDefinition = {
  name: 'DatabasePoolSaturated',
  expr: promql`max by (pool) (${IN_USE} >= ${overallThreshold('DatabasePoolSaturated')} and db_pool_waiting > 0)`,
  for: '2m',
  severity: 'warning',
  summary: 'Les connexions à la base de données sont épuisées',
  description:
    '{{ $value | printf "%.0f" }} % des connexions du groupe {{ $labels.pool }} sont occupées, et des demandes attendent leur tour.',
  observes: [IN_USE],
  fires: [
    {
      name: 'both processes make their requests wait',
      interval: '10s',
      series: {
        'db_pool_size{pool="api",instance="a"}': '10x30',
        'db_pool_in_use{pool="api",instance="a"}': '10x30',
        'db_pool_waiting{pool="api",instance="a"}': '7x30',
        'db_pool_size{pool="api",instance="b"}': '10x30',
        'db_pool_in_use{pool="api",instance="b"}': '9x30',
        'db_pool_waiting{pool="api",instance="b"}': '1x30',
      },
      at: '3m',
      alerts: [
        {
          labels: { pool: 'api' },
          description:
            '100 % des connexions du groupe api sont occupées, et des demandes attendent leur tour.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'all are busy and nobody waits; some wait for a moment only',
      interval: '10s',
      series: {
        'db_pool_size{pool="api"}': '10x30',
        'db_pool_in_use{pool="api"}': '10x30',
        'db_pool_waiting{pool="api"}': '0x30',
        'db_pool_size{pool="verification"}': '8x30',
        'db_pool_in_use{pool="verification"}': '8x30',
        'db_pool_waiting{pool="verification"}': '0x15 3x5 0x10',
      },
      at: '3m10s',
    },
  ],
}
