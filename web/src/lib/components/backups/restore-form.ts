import { typed } from '#lib/form-text.ts'
import type { NewRestoreTest } from './backup-view.ts'

/** What was typed to record a restore test. */
export interface TypedTest {
  readonly day: string
  readonly by: string
  readonly restored: string
  readonly result: string
  readonly repository: string
  readonly minutes: string
  readonly comment: string
}

export const NO_TEST: TypedTest = {
  day: '',
  by: '',
  restored: '',
  result: '',
  repository: '',
  minutes: '',
  comment: '',
}

/** In: the form. Out: what it must show again after a refusal. */
export const typedTest = (form: FormData): TypedTest => ({
  day: typed(form, 'jour'),
  by: typed(form, 'fonction'),
  restored: typed(form, 'restaure'),
  result: typed(form, 'resultat'),
  repository: typed(form, 'depot'),
  minutes: typed(form, 'minutes'),
  comment: typed(form, 'commentaire').replace(/\s*[\r\n]+\s*/g, ' '),
})

/** Midday in UTC is the same day everywhere in France but the Pacific; today, an hour that has already come. */
function instantOf(day: string, now: Date): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day
  const noon = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(noon)) return day
  const hour = Math.floor(now.getTime() / 3_600_000) * 3_600_000
  const isToday = noon > hour && noon - hour < 24 * 3_600_000
  return new Date(isToday ? hour : noon).toISOString()
}

/** In: what was typed, and now. Out: what to send; the API refuses by name what it cannot keep. */
export function readTest(test: TypedTest, now: Date): NewRestoreTest {
  const minutes = test.minutes.replace(/\s/g, '')
  return {
    performedAt: instantOf(test.day, now),
    performedBy: test.by,
    restored: test.restored,
    result: test.result as NewRestoreTest['result'],
    repository: test.repository === '' ? null : test.repository,
    // What is no number would leave as null, and be lost without a word.
    durationMinutes: minutes === '' ? null : /^\d+$/.test(minutes) ? Number(minutes) : -1,
    comment: test.comment === '' ? null : test.comment,
  }
}
