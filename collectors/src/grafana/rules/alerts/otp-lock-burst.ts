import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const LOCKED = 'sum(increase(otp_lockouts_total[10m]))'

export const otpLockBurst: AlertDefinition = {
  name: 'OtpLockBurst',
  expr: promql`${LOCKED} > ${overallThreshold('OtpLockBurst')}`,
  for: null,
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'De nombreuses clés se verrouillent',
  description:
    '{{ $value | printf "%.0f" }} clés se sont verrouillées en dix minutes : leurs porteurs ne peuvent plus se connecter.',
  observes: [LOCKED],
  fires: [
    {
      name: 'twelve keys lock in ten minutes, over two processes',
      interval: '1m',
      series: {
        'otp_lockouts_total{instance="a"}': '0+1x20',
        'otp_lockouts_total{instance="b"}': '7+0.2x20',
      },
      at: '15m',
      alerts: [
        {
          description:
            '12 clés se sont verrouillées en dix minutes : leurs porteurs ne peuvent plus se connecter.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a few keys lock over a day',
      interval: '1m',
      series: { otp_lockouts_total: '0x10 1x10 2x10' },
      at: '30m',
    },
  ],
}
