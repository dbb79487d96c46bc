import { typed } from '#lib/form-text.ts'
import { endOfDay } from './expiry-day.ts'

/** What a form of decision holds. */
export interface TypedDecision {
  readonly choice: string
  readonly reason: string
  readonly day: string
}

export const readTypedDecision = (form: FormData): TypedDecision => ({
  choice: typed(form, 'choix'),
  reason: typed(form, 'motif'),
  day: typed(form, 'echeance'),
})

/** In: what was typed. Out: what the API asks of a decision; an empty field is left out, and the API says so. */
export function decisionOf<O extends string, V extends string>({ choice, reason, day }: TypedDecision) {
  const [outcome = '', verdict] = choice.split(':')
  const expiresAt = outcome === 'refuse' ? null : endOfDay(day)
  return {
    outcome: outcome as O,
    ...(verdict ? { verdict: verdict as V } : {}),
    ...(reason === '' ? {} : { reason }),
    ...(expiresAt === null ? {} : { expiresAt }),
  }
}
