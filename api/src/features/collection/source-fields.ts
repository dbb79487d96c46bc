import type { RunOptions } from '@vigie/collectors'
import { z } from 'zod'

const CRON_FIELD = String.raw`[\d*,/-]+`

/** Path of a file, relative to the collection file. */
export const path = z.string().min(1)

/** Fields of every source of the collection file. In: the default dates (five-field cron, UTC). */
export const sourceFields = (cron: string) => ({
  name: z
    .string({ error: 'name : attendu un nom court' })
    .regex(/^[a-z0-9-]{1,40}$/, 'name : minuscules, chiffres et tirets, 40 caractères au plus'),
  cron: z
    .string()
    .regex(
      new RegExp(`^${CRON_FIELD}( ${CRON_FIELD}){4}$`),
      'cron : attendu cinq champs, par exemple « 17 * * * * »',
    )
    .default(cron),
  timeoutSeconds: z.number().min(1).max(300).default(30),
  retries: z.number().int().min(0).max(5).default(2),
})

/** Time given to what a run records, once it has read. */
const RECORDING_SECONDS = 600
/** The queue keeps no work under way for a day. */
const LONGEST_SECONDS = 86_000

/** In: a checked source. Out: seconds that a run of it takes at most. */
export const longestSecondsOf = (source: { timeoutSeconds: number; retries: number }): number =>
  Math.min(
    LONGEST_SECONDS,
    Math.ceil(source.timeoutSeconds * (source.retries + 1) + 2 ** source.retries + RECORDING_SECONDS),
  )

/** In: a checked source. Out: how its collector is run. */
export const runOptionsOf = (source: { timeoutSeconds: number; retries: number }): RunOptions => ({
  timeoutMs: source.timeoutSeconds * 1_000,
  retries: source.retries,
  retryDelayMs: 1_000,
})
