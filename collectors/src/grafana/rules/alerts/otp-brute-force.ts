import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const MOST_REFUSED = 'max(otp_max_failures_per_login{window="2m"})'

const REFUSED = 'sum(increase(otp_verify_total{reason!="accepted"}[2m]))'

/**
 * Each process counts what it refuses: the most refused holder of any of them, for a sum would add up different holders.
 * That holder takes a good part of all refusals: where many are refused as often, a code is tried on many logins.
 */
export const otpBruteForce: AlertDefinition = {
  name: 'OtpBruteForce',
  expr: promql`
    ${MOST_REFUSED} > ${overallThreshold('OtpBruteForce')}
    and on ()
      ${MOST_REFUSED} > 0.05 * (${REFUSED} or vector(0))
  `,
  for: null,
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Les codes d’un porteur sont essayés en force',
  description:
    'Un même porteur a essuyé {{ $value | printf "%.0f" }} refus en deux minutes : quelqu’un essaie des codes à sa place.',
  observes: [MOST_REFUSED],
  fires: [
    {
      name: 'a guesser is refused sixty times by one of two processes',
      interval: '10s',
      series: {
        'otp_max_failures_per_login{window="2m",instance="a"}': '0x5 60x20',
        'otp_max_failures_per_login{window="2m",instance="b"}': '2x25',
        'otp_verify_total{reason="accepted"}': '0+1500x25',
        'otp_verify_total{reason="bad_code"}': '0+45x25',
        'otp_verify_total{reason="locked"}': '0x5 0+10x20',
      },
      at: '1m',
      alerts: [
        {
          description:
            'Un même porteur a essuyé 60 refus en deux minutes : quelqu’un essaie des codes à sa place.',
        },
      ],
    },
    {
      name: 'the strictest académie decides',
      interval: '10s',
      series: {
        'otp_max_failures_per_login{window="2m"}': '16x20',
        'alert_threshold{academie="97",alert="OtpBruteForce"}': '40x20',
        'alert_threshold{academie="98",alert="OtpBruteForce"}': '15x20',
      },
      at: '1m',
      alerts: [
        {
          description:
            'Un même porteur a essuyé 16 refus en deux minutes : quelqu’un essaie des codes à sa place.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a holder insists a dozen times and more',
      interval: '10s',
      series: { 'otp_max_failures_per_login{window="2m"}': '0x5 14x20' },
      at: '2m',
    },
    {
      name: 'a code is tried on two hundred logins, each of them more than thirty times',
      interval: '10s',
      series: {
        'otp_max_failures_per_login{window="2m"}': '33x20',
        'otp_verify_total{reason="bad_pin"}': '0+100x20',
        'otp_verify_total{reason="paused"}': '0+500x20',
      },
      at: '2m',
    },
    {
      name: 'different holders mistype on three processes',
      interval: '10s',
      series: {
        'otp_max_failures_per_login{window="2m",instance="a"}': '9x20',
        'otp_max_failures_per_login{window="2m",instance="b"}': '9x20',
        'otp_max_failures_per_login{window="2m",instance="c"}': '9x20',
      },
      at: '2m',
    },
    {
      name: 'the attack ended more than two minutes ago',
      interval: '10s',
      series: { 'otp_max_failures_per_login{window="2m"}': '300x18 0x12' },
      at: '3m20s',
    },
  ],
}
