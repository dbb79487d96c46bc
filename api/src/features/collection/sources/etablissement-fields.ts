import { parseUai } from '@vigie/rules'
import { z } from 'zod'
import { path, sourceFields } from '../source-fields.ts'

/** An establishment that a source asks about. */
export const uaiField = z
  .string({ error: 'uai : attendu un UAI' })
  .refine(
    (text) => parseUai(text) !== null,
    'uai : attendu sept chiffres et leur lettre, par exemple 0990001N',
  )

const uaiOf = (described: object): unknown => ('uai' in described ? described.uai : described)

/** In: the schema of an establishment's description. Out: a list of them, each UAI once. */
export const etablissementsField = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(z.strictObject({ uai: uaiField, ...shape }), {
      error: 'etablissements : attendu un tableau',
    })
    .min(1, 'etablissements : au moins un')
    .refine(
      (list) => new Set(list.map(uaiOf)).size === list.length,
      'etablissements : un même UAI est décrit deux fois',
    )

/** Fields of a source that probes establishments one after the other. In: its default dates (five-field cron, UTC). */
export const probingFields = (cron: string) => ({
  ...sourceFields(cron),
  timeoutSeconds: z.number().min(1).max(14_400).default(3_600),
  retries: z.number().int().min(0).max(5).default(0),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(32, 'concurrency : au plus 32 établissements à la fois')
    .default(4),
  pauseMilliseconds: z.number().int().min(0).max(60_000).default(200),
  probeSeconds: z.number().min(0.2).max(60).default(10),
  caFile: path.optional(),
})

/** In: a checked source. Out: how hard it may knock. */
export const paceOf = (source: { concurrency: number; pauseMilliseconds: number; probeSeconds: number }) => ({
  concurrency: source.concurrency,
  pauseMs: source.pauseMilliseconds,
  probeTimeoutMs: source.probeSeconds * 1_000,
})

/** An address that this section may ask: no account in it, since the file is not secret. */
export const addressField = (name: string, protocol: RegExp) =>
  z
    .url({ protocol, error: `${name} : attendu une adresse ${protocol.source.replaceAll(/[\^$]/g, '')}` })
    .refine((text) => {
      const { username, password } = new URL(text)
      return username === '' && password === ''
    }, `${name} : sans compte ni mot de passe dans l’adresse`)

/** A host name, in lower case. */
export const hostField = (name: string) =>
  z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i,
      `${name} : attendu un nom d’hôte, sans « https:// » ni chemin`,
    )
    .transform((host) => host.toLowerCase())

/** Files that hold an account's secret, beside its name. */
export const basicField = z.strictObject({ user: z.string().min(1), passwordFile: path })

/** `3 établissements`. */
export const etablissementsTold = (count: number): string =>
  `${count} ${count > 1 ? 'établissements' : 'établissement'}`
