import type { Status } from '#lib/status.ts'

/** How a service behaves, as a person would say it. */
export type Behaviour = 'answers' | 'at_times' | 'silent' | 'unmeasured'

export const BEHAVIOUR_WORDS: Readonly<Record<Behaviour, string>> = {
  answers: 'Répond',
  at_times: 'Par intermittence',
  silent: 'Ne répond pas',
  unmeasured: 'Sans mesure',
}

/** Sign of the common vocabulary that shows each. */
export const BEHAVIOUR_SIGNS: Readonly<Record<Behaviour, Status>> = {
  answers: 'compliant',
  at_times: 'partial',
  silent: 'non_compliant',
  unmeasured: 'unknown',
}

/** Share of the time from which a service answers, but for a blip; and below which it does not. */
const ANSWERS = 0.99
const SILENT = 0.5

/** In: the share of the time during which a service answered, and whether that is too old. Out: how it behaves. */
export function behaviourOf(ratio: number | null, stale = false): Behaviour {
  if (ratio === null || stale) return 'unmeasured'
  if (ratio >= ANSWERS) return 'answers'
  return ratio < SILENT ? 'silent' : 'at_times'
}

/** In: a share of the time. Out: « 99,9 % », rounded down so that 100 % means always. */
export function formatAvailability(ratio: number): string {
  const tenths = Math.floor(ratio * 1000 + 1e-9)
  const decimals = tenths % 10 === 0 ? '' : `,${tenths % 10}`
  return `${Math.floor(tenths / 10)}${decimals}\u00a0%`
}

/** In: seconds of the span and the share that answered. Out: seconds without an answer. */
export const silentSeconds = (spanSeconds: number, ratio: number): number =>
  Math.round(spanSeconds * Math.max(0, 1 - ratio))

export const SPANS = [
  { span: '1d', label: '24 heures', seconds: 86_400 },
  { span: '7d', label: '7 jours', seconds: 7 * 86_400 },
  { span: '30d', label: '30 jours', seconds: 30 * 86_400 },
] as const
