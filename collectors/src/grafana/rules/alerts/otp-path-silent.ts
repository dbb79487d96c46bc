import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

/**
 * Nobody verifies a code, at an hour of the week when the last working day saw many: a relay is cut rather than the
 * path broken. Monday looks at Friday. Holidays silence it the day after by themselves, for the day before had no traffic.
 */
export const otpPathSilent: AlertDefinition = {
  name: 'OtpPathSilent',
  expr: promql`
    otp:verify:increase30m == 0
    and on () paris:office_hours:bool == 1
    and on ()
      (
        (otp:verify:increase30m offset 1d and on () day_of_week() > 1)
        or
        (otp:verify:increase30m offset 3d and on () day_of_week() == 1)
      ) > ${overallThreshold('OtpPathSilent')}
  `,
  for: '5m',
  severity: 'warning',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Plus personne ne vérifie de code aux heures de bureau',
  description:
    'Aucune vérification de code depuis une demi-heure, alors que le jour ouvré précédent en voyait à la même heure.',
  observes: ['otp:verify:increase30m', 'paris:office_hours:bool'],
  evaluation: '5m',
  fires: [
    {
      name: 'silence on Friday 2 January 1970 at 11 h in Paris, after a busy Thursday',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '0+10x288 2880x140' },
      at: '34h',
      alerts: [{}],
    },
    {
      name: 'silence on Monday 5 January at 11 h in Paris, after a busy Friday',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '0+10x576 5760x720' },
      at: '106h',
      alerts: [{}],
    },
  ],
  silent: [
    {
      name: 'traffic goes on',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '0+10x440' },
      at: '34h',
    },
    {
      name: 'silence on Friday at 19 h in Paris',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '0+10x288 2880x240' },
      at: '42h',
    },
    {
      name: 'silence on Saturday, after a busy Friday',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '0+10x576 5760x240' },
      at: '58h',
    },
    {
      name: 'the working day before was as quiet',
      interval: '5m',
      series: { 'otp_verify_total{reason="accepted"}': '7x440' },
      at: '34h',
    },
  ],
}
