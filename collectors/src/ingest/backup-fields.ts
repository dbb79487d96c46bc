import { z } from 'zod'

/** Entries (snapshots, archives, runs) of one report at most: thirteen months of hourly backups. */
export const MAX_ENTRIES = 10_000
const MAX_OUTPUT = 200_000
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** Text on one line, without control characters. */
export const lineOf = (max: number) =>
  z
    .string({ error: 'attendu : un texte' })
    .trim()
    .min(1, { error: 'attendu : un texte non vide' })
    .max(max, { error: `attendu : au plus ${max} caractères` })
    .regex(/^\P{Cc}*$/u, { error: 'attendu : un texte sur une ligne, sans caractère de commande' })

/** Instant with its zone. */
export const zonedInstant = z
  .string({ error: 'attendu : une date et une heure' })
  .refine((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)), {
    error: 'attendu : une date et une heure avec leur fuseau, par exemple 2026-11-16T22:30:00+01:00',
  })
  .transform((text) => new Date(text))

export const bytesCount = z
  .number({ error: 'attendu : un nombre d’octets' })
  .int({ error: 'attendu : un nombre entier d’octets' })
  .min(0, { error: 'attendu : au moins 0' })
  .max(Number.MAX_SAFE_INTEGER, { error: 'attendu : une taille plausible' })

/** A list of bounded length, of what a tool printed. */
export const entriesOf = <S extends z.ZodType>(entry: S) =>
  z.array(entry, { error: 'attendu : une liste' }).max(MAX_ENTRIES, {
    error: `attendu : au plus ${MAX_ENTRIES} entrées ; limitez la liste aux treize derniers mois`,
  })

/** How a check of a repository ended: the tools say it in text and by their exit code only. */
export const checkOutput = z.looseObject({
  finishedAt: zonedInstant,
  exitCode: z
    .number({ error: 'attendu : le code de retour de la commande' })
    .int({ error: 'attendu : le code de retour de la commande' }),
  output: z.string({ error: 'attendu : le texte écrit par la commande' }).max(MAX_OUTPUT, {
    error: `attendu : au plus ${MAX_OUTPUT} caractères ; gardez la fin du texte`,
  }),
})
export type CheckOutput = z.infer<typeof checkOutput>
