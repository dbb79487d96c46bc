import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const FAILING = 'max(otp_failing_logins{window="2m"})'
const REFUSED = 'sum(rate(otp_verify_total{reason!~"accepted|replay"}[1m]))'

/** Many logins fail, and more of the attempts than on a morning where some mistype; a replay has its own alert. */
export const otpPasswordSpray: AlertDefinition = {
  name: 'OtpPasswordSpray',
  expr: promql`
    (
      ${FAILING} + (sum(increase(otp_verify_total{reason="unknown"}[2m])) or vector(0))
    ) > ${overallThreshold('OtpPasswordSpray')}
    and on ()
      ${REFUSED} > 0.1 * sum(rate(otp_verify_total[1m]))
    unless on ()
      sum(rate(otp_verify_total{reason="replay"}[1m])) > 0.1 * ${REFUSED}
  `,
  for: null,
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Un même code est essayé sur de nombreux identifiants',
  description:
    '{{ $value | printf "%.0f" }} identifiants, connus ou inconnus, échouent depuis deux minutes, bien plus que les erreurs de frappe d’un matin.',
  observes: [FAILING, REFUSED],
  fires: [
    {
      name: 'many logins fail beside a few sign-ins',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m"}': '1x6 120x20',
        'otp_verify_total{reason="accepted"}': '0+150x26',
        'otp_verify_total{reason="bad_pin"}': '0x6 300+300x20',
        'otp_verify_total{reason="unknown"}': '0x26',
      },
      at: '1m30s',
      alerts: [
        {
          description:
            '120 identifiants, connus ou inconnus, échouent depuis deux minutes, bien plus que les erreurs de frappe d’un matin.',
        },
      ],
    },
    {
      name: 'logins that do not exist are tried on two processes',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m",instance="a"}': '0x18',
        'otp_verify_total{reason="unknown",instance="a"}': '0+4x18',
        'otp_verify_total{reason="unknown",instance="b"}': '0+6x18',
        'otp_verify_total{reason="accepted",instance="a"}': '0+10x18',
      },
      at: '3m',
      alerts: [
        {
          description:
            '120 identifiants, connus ou inconnus, échouent depuis deux minutes, bien plus que les erreurs de frappe d’un matin.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'thousands sign in on a morning, three in a hundred mistype',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m"}': '400x30',
        'otp_verify_total{reason="accepted"}': '0+1500x30',
        'otp_verify_total{reason="bad_code"}': '0+45x30',
        'otp_verify_total{reason="unknown"}': '0+2x30',
      },
      at: '4m',
    },
    {
      name: 'one holder is attacked',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m"}': '1x30',
        'otp_verify_total{reason="accepted"}': '0+150x30',
        'otp_verify_total{reason="locked"}': '0+2000x30',
      },
      at: '4m',
    },
    {
      name: 'codes are replayed',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m"}': '200x30',
        'otp_verify_total{reason="accepted"}': '0+150x30',
        'otp_verify_total{reason="bad_code"}': '0+300x30',
        'otp_verify_total{reason="replay"}': '0+300x30',
      },
      at: '4m',
    },
    {
      name: 'the attack ended more than a minute ago',
      interval: '10s',
      series: {
        'otp_failing_logins{window="2m"}': '120x18 60x12',
        'otp_verify_total{reason="accepted"}': '0+150x30',
        'otp_verify_total{reason="bad_pin"}': '0+300x18 5400x12',
      },
      at: '4m30s',
    },
  ],
}
