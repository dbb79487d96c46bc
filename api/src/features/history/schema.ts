import { z } from '@hono/zod-openapi'
import {
  basisSchema,
  levelSchema,
  scoreSchema,
  serviceIdSchema,
  statusSchema,
  verdictSchema,
} from '../conformity/schema.ts'

const EARLIEST = '2000-01-01'
const fromEarliest = { error: 'date : au plus tôt le 1er janvier 2000' }
const day = z.iso
  .date({ error: 'attendu : une date, par exemple 2026-11-16' })
  .refine((text) => text >= EARLIEST, fromEarliest)
const moment = z.iso.datetime({ offset: true }).refine((text) => text >= EARLIEST, fromEarliest)

export const historyQuery = z.object({
  at: day
    .optional()
    .openapi({ description: 'Fin de ce jour, à l’heure de l’établissement ; aujourd’hui par défaut' }),
})
export const changesQuery = z.object({
  since: z
    .union([day, moment], {
      error: 'attendu : une date, ou une date et une heure avec leur fuseau',
    })
    .optional()
    .openapi({ type: 'string', description: 'Votre dernière visite par défaut' }),
})

export const historySchema = z
  .object({
    uai: z.string(),
    at: z.string(),
    timeZone: z.string(),
    /** False before the first evaluation: « pas encore évalué ». */
    evaluated: z.boolean(),
    firstDay: z.string().nullable(),
    score: scoreSchema.nullable(),
    scoreNow: scoreSchema.nullable(),
    requirements: z.array(
      z.object({
        id: z.string(),
        service: serviceIdSchema,
        statement: z.string(),
        level: levelSchema,
        status: statusSchema,
        verdict: verdictSchema,
        /** Null where it was not kept yet, before this figure existed. */
        counted: verdictSchema.nullable(),
        basis: basisSchema.nullable(),
        reason: z.string(),
        /** Null when it had never changed by then. */
        since: z.string().nullable(),
        derogated: z.boolean(),
        statusNow: statusSchema,
      }),
    ),
  })
  .openapi('History')

export const trendSchema = z
  .object({
    uai: z.string(),
    timeZone: z.string(),
    /** School years, the newest first; a year without a row shows what was carried into it. */
    years: z.array(
      z.object({
        label: z.string(),
        start: z.string(),
        end: z.string(),
        /** As the year began, null before the first evaluation; and as it ended, or now. */
        from: scoreSchema.nullable(),
        to: scoreSchema.nullable(),
        points: z.array(z.object({ day: z.string(), score: scoreSchema })),
      }),
    ),
  })
  .openapi('Trend')

export const changesSchema = z
  .object({
    uai: z.string(),
    since: z.string(),
    /** True when `since` is the reader's last visit. */
    lastVisit: z.boolean(),
    /** At the end of the day before `since`, and now. */
    before: scoreSchema.nullable(),
    now: scoreSchema.nullable(),
    changes: z.number().int(),
    /** More changes than are told. */
    truncated: z.boolean(),
    requirements: z.array(
      z.object({
        id: z.string(),
        service: serviceIdSchema,
        statement: z.string(),
        level: levelSchema,
        from: statusSchema,
        to: statusSchema,
        steps: z.array(
          z.object({
            at: z.string(),
            from: statusSchema.nullable(),
            to: statusSchema,
            verdict: verdictSchema,
            reason: z.string(),
          }),
        ),
      }),
    ),
  })
  .openapi('Changes')

export type HistoryQuery = z.infer<typeof historyQuery>
export type History = z.infer<typeof historySchema>
export type Trend = z.infer<typeof trendSchema>
export type ChangesQuery = z.infer<typeof changesQuery>
export type Changes = z.infer<typeof changesSchema>
