import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const VERIFIED = 'max(journal_verified_timestamp_seconds > 0)'
const THRESHOLD = overallThreshold('JournalNotVerified')

/** Too old a proof, or none although Vigie runs since longer than that. */
export const journalNotVerified: AlertDefinition = {
  name: 'JournalNotVerified',
  expr: promql`
    (time() - ${VERIFIED}) / 3600 > ${THRESHOLD}
    or
    (
      (time() - min(process_start_time_seconds{job="vigie"})) / 3600 > ${THRESHOLD}
      unless on () ${VERIFIED}
    )
  `,
  for: '15m',
  severity: 'warning',
  service: 'INF-AUT',
  requirement: 'INF-AUT-13',
  summary: 'Le journal n’a pas été vérifié',
  description: 'Rien ne prouve depuis {{ $value | printf "%.0f" }} heures que le journal est entier.',
  observes: [VERIFIED],
  evaluation: '30m',
  fires: [
    {
      name: 'the last proof is thirty hours old',
      interval: '30m',
      series: { journal_verified_timestamp_seconds: '3600x70' },
      at: '31h',
      alerts: [{ description: 'Rien ne prouve depuis 30 heures que le journal est entier.' }],
    },
    {
      name: 'nothing was ever verified',
      interval: '30m',
      series: {
        'process_start_time_seconds{job="vigie",instance="a"}': '3600x70',
        'process_start_time_seconds{job="vigie",instance="b"}': '100000x70',
        journal_verified_timestamp_seconds: '0x70',
      },
      at: '31h',
      alerts: [{ description: 'Rien ne prouve depuis 30 heures que le journal est entier.' }],
    },
  ],
  silent: [
    {
      name: 'it is verified every night',
      interval: '30m',
      series: {
        journal_verified_timestamp_seconds: '3600x48 90000x22',
        'process_start_time_seconds{job="vigie"}': '0x70',
      },
      at: '31h',
    },
    {
      name: 'a young installation waits for its first night',
      interval: '30m',
      series: { 'process_start_time_seconds{job="vigie"}': '3600x20' },
      at: '9h',
    },
  ],
}
