import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const REPLAYS = 'sum(increase(otp_verify_total{reason="replay"}[2m]))'
const ACCEPTED = 'sum(increase(otp_verify_total{reason="accepted"}[2m]))'

/** The share keeps the double clicks of a busy morning apart from codes that someone shows again. */
export const otpReplay: AlertDefinition = {
  name: 'OtpReplay',
  expr: promql`
    ${REPLAYS} > ${overallThreshold('OtpReplay')}
    and on ()
      ${REPLAYS} > 0.02 * (${ACCEPTED} or vector(0))
  `,
  for: null,
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Des codes déjà servis sont présentés à nouveau',
  description:
    '{{ $value | printf "%.0f" }} codes ont été présentés une seconde fois en deux minutes : ils sont captés, ou une application renvoie ses demandes.',
  observes: [REPLAYS, ACCEPTED],
  fires: [
    {
      name: 'captured codes are shown again',
      interval: '10s',
      series: {
        'otp_verify_total{reason="accepted",instance="a"}': '0+150x18',
        'otp_verify_total{reason="replay",instance="a"}': '0x6 0+8x12',
        'otp_verify_total{reason="replay",instance="b"}': '0x6 0+2x12',
      },
      at: '2m',
      alerts: [
        {
          description:
            '50 codes ont été présentés une seconde fois en deux minutes : ils sont captés, ou une application renvoie ses demandes.',
        },
      ],
    },
    {
      name: 'replays spread over two processes, each under the threshold, and nobody gets in',
      interval: '10s',
      series: {
        'otp_verify_total{reason="replay",instance="a"}': '0+0.5x18',
        'otp_verify_total{reason="replay",instance="b"}': '0+0.75x18',
      },
      at: '3m',
      alerts: [
        {
          description:
            '15 codes ont été présentés une seconde fois en deux minutes : ils sont captés, ou une application renvoie ses demandes.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'some click twice among thousands of sign-ins',
      interval: '10s',
      series: {
        'otp_verify_total{reason="accepted"}': '0+1500x30',
        'otp_verify_total{reason="replay"}': '0+2x30',
      },
      at: '4m',
    },
    {
      name: 'the storm ended more than two minutes ago',
      interval: '10s',
      series: {
        'otp_verify_total{reason="accepted"}': '0+150x40',
        'otp_verify_total{reason="replay"}': '0+300x18 5400x22',
      },
      at: '5m30s',
    },
  ],
}
