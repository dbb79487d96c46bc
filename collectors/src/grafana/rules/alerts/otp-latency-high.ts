import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const LEAST_VERIFICATIONS = 50

export const otpLatencyHigh: AlertDefinition = {
  name: 'OtpLatencyHigh',
  expr: promql`
    otp:verify_duration:p99 > ${overallThreshold('OtpLatencyHigh')}
    and on ()
      sum(increase(otp_verify_duration_seconds_count[5m])) > ${LEAST_VERIFICATIONS}
  `,
  for: '5m',
  severity: 'warning',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'La vérification des codes est lente',
  description:
    'Une vérification de code sur cent dépasse {{ $value | printf "%.1f" | reReplaceAll "[.]" "," }} s : les connexions des porteurs attendent.',
  observes: ['otp:verify_duration:p99'],
  evaluation: '1m',
  fires: [
    {
      name: 'one verification in ten takes more than a second',
      interval: '1m',
      series: {
        'otp_verify_duration_seconds_bucket{le="1",channel="http"}': '0+90x30',
        'otp_verify_duration_seconds_bucket{le="2.5",channel="http"}': '0+100x30',
        'otp_verify_duration_seconds_bucket{le="+Inf",channel="http"}': '0+100x30',
        'otp_verify_duration_seconds_count{channel="http"}': '0+100x30',
      },
      at: '20m',
      alerts: [
        {
          description:
            'Une vérification de code sur cent dépasse 2,4 s : les connexions des porteurs attendent.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a morning where all answers come at once',
      interval: '1m',
      series: {
        'otp_verify_duration_seconds_bucket{le="1",channel="http"}': '0+9000x30',
        'otp_verify_duration_seconds_bucket{le="+Inf",channel="http"}': '0+9000x30',
        'otp_verify_duration_seconds_count{channel="http"}': '0+9000x30',
      },
      at: '20m',
    },
    {
      name: 'one slow verification at night',
      interval: '1m',
      series: {
        'otp_verify_duration_seconds_bucket{le="1",channel="http"}': '0x30',
        'otp_verify_duration_seconds_bucket{le="2.5",channel="http"}': '0+1x30',
        'otp_verify_duration_seconds_bucket{le="+Inf",channel="http"}': '0+1x30',
        'otp_verify_duration_seconds_count{channel="http"}': '0+1x30',
      },
      at: '20m',
    },
  ],
}
