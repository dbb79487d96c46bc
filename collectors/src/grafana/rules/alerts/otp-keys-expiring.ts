import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const EXPIRING = 'max(otp_keys_expiring{horizon="3m"})'

export const otpKeysExpiring: AlertDefinition = {
  name: 'OtpKeysExpiring',
  expr: promql`${EXPIRING} > ${overallThreshold('OtpKeysExpiring')}`,
  for: '15m',
  severity: 'info',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Des clés arrivent en fin de vie',
  description:
    '{{ $value | printf "%.0f" }} clés atteignent leur fin de vie dans les trois mois : leur remplacement est à préparer.',
  observes: [EXPIRING],
  evaluation: '1m',
  fires: [
    {
      name: 'a batch ends within three months, as two processes read it',
      interval: '1m',
      series: {
        'otp_keys_expiring{horizon="3m",instance="a"}': '200x30',
        'otp_keys_expiring{horizon="3m",instance="b"}': '200x30',
      },
      at: '20m',
      alerts: [
        {
          description:
            '200 clés atteignent leur fin de vie dans les trois mois : leur remplacement est à préparer.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a few keys only, and a batch within the year',
      interval: '1m',
      series: {
        'otp_keys_expiring{horizon="3m"}': '4x30',
        'otp_keys_expiring{horizon="12m"}': '900x30',
      },
      at: '20m',
    },
  ],
}
