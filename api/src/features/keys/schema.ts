import { z } from '@hono/zod-openapi'
import { HOLDER_FUNCTIONS, KEY_STATES, KEY_TRANSITIONS } from '@vigie/rules'

const stateSchema = z.enum(KEY_STATES)
export const transitionSchema = z.enum(KEY_TRANSITIONS)
export const functionSchema = z.enum(HOLDER_FUNCTIONS)

/** Free words: a reason, a search. PostgreSQL takes every character but the null one. */
export const words = (name: string, min: number, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })

export const reasonSchema = words('Motif', 3, 1_000)
export const codeSchema = words('Code', 1, 60)

export const serialSchema = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'Numéro de série : lettres, chiffres, point, tiret ou souligné.',
  )
export const serialParams = z.object({ serial: serialSchema })

const day = z.iso.date()
const instant = z.iso.datetime()

export const slipSchema = z
  .object({ bordereauId: z.uuid(), number: z.string() })
  .openapi('KeySlip', { description: 'Le bordereau établi' })

export const holderRefSchema = z.object({
  id: z.uuid(),
  displayName: z.string(),
  login: z.string(),
  function: functionSchema,
  functionLabel: z.string(),
})

export const keySummarySchema = z
  .object({
    id: z.uuid(),
    serial: z.string(),
    kind: z.enum(['hardware', 'software']),
    type: z.enum(['hotp', 'totp']),
    digits: z.number().int(),
    state: stateSchema,
    stateLabel: z.string(),
    stateSince: instant,
    departement: z.string().nullable(),
    departementName: z.string().nullable(),
    manufacturedOn: day.nullable(),
    expiresOn: day.nullable(),
    expired: z.boolean(),
    holder: holderRefSchema.nullable(),
  })
  .openapi('KeySummary')

export const keyQuery = z.object({
  q: words('q', 0, 100).optional().openapi({ description: 'Numéro de série, nom ou identifiant du porteur' }),
  state: stateSchema.optional(),
  departement: codeSchema.optional(),
  holder: z.uuid('Fiche de porteur incorrecte.').optional(),
  expiring: z.coerce
    .number()
    .int()
    .min(0)
    .max(120)
    .optional()
    .openapi({ description: 'Fin de vie dans ce nombre de mois, ou déjà passée' }),
  handOver: z
    .literal('mine')
    .optional()
    .openapi({ description: 'Clés des porteurs à qui l’appelant remet lui-même la leur' }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const keyListSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    /** Counts under every filter but the state's. */
    states: z.array(z.object({ state: stateSchema, label: z.string(), count: z.number().int() })),
    rows: z.array(keySummarySchema),
  })
  .openapi('KeyList')

const needSchema = z.object({
  need: z.enum([
    'holder',
    'not_expired',
    'face_to_face',
    'bordereau',
    'pin',
    'first_code',
    'call_back',
    'reason',
    'attempts_spent',
  ]),
  label: z.string(),
})

export const allowedSchema = z
  .object({
    transition: transitionSchema,
    label: z.string(),
    consequence: z.string(),
    needs: z.array(needSchema),
    /** The route that does it: `transitions`, or one of its own. */
    through: z.enum(['transitions', 'bindings', 'hand-over', 'restitution']),
  })
  .openapi('AllowedTransition')

export const bordereauRefSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  createdAt: instant,
  signed: z.boolean(),
})

export const historySchema = z
  .object({
    at: instant,
    serial: z.string(),
    /** A transition, an event of the stock, or an act that changed no state. */
    transition: z.string(),
    transitionLabel: z.string(),
    from: stateSchema.nullable(),
    to: stateSchema,
    toLabel: z.string(),
    /** Null when nobody held the key, or when that person is outside the caller's perimeter. */
    holder: z.object({ id: z.uuid(), displayName: z.string() }).nullable(),
    actor: z.object({ kind: z.string(), label: z.string() }),
    reason: z.string().nullable(),
    calledBackAt: instant.nullable(),
    bordereau: bordereauRefSchema.nullable(),
    procedureId: z.uuid().nullable(),
  })
  .openapi('KeyHistoryEntry')

export const credentialSchema = z.object({
  active: z.boolean(),
  pinSet: z.boolean(),
  failCount: z.number().int(),
  pausedUntil: instant.nullable(),
  temporaryUntil: instant.nullable(),
  lastAcceptedAt: instant.nullable(),
})

export const keyFileSchema = keySummarySchema
  .extend({
    manufacturer: z.string().nullable(),
    model: z.string().nullable(),
    unitPriceCents: z.number().int(),
    importedAt: instant,
    academie: z.string(),
    circonscription: z.string().nullable(),
    uai: z.string().nullable(),
    algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
    period: z.number().int().nullable(),
    drift: z.number().int(),
    /** Null when no credential uses this key. */
    credential: credentialSchema.nullable(),
    allowed: z.array(allowedSchema),
    history: z.array(historySchema),
    bordereaux: z.array(bordereauRefSchema),
  })
  .openapi('KeyFile')

export const bindingInput = z
  .object({ holderId: z.uuid('Fiche de porteur incorrecte.') })
  .openapi('KeyBinding')

/** The verb judges the file: a stranger is refused before it is read. */
export const tableForm = z
  .object({ file: z.unknown().openapi({ type: 'string', format: 'binary' }) })
  .partial()

export const refusedLineSchema = z.object({
  line: z.number().int(),
  field: z.string(),
  reason: z.string(),
})

export const bindingReportSchema = z
  .object({
    rows: z.number().int(),
    bound: z.number().int(),
    refused: z.number().int(),
    refusals: z.array(refusedLineSchema),
    /** One summary per addressee. */
    bordereaux: z.array(slipSchema.extend({ to: z.string(), keys: z.number().int() })),
  })
  .openapi('KeyBindingReport')

export const transitionInput = z
  .object({
    transition: transitionSchema,
    reason: reasonSchema.optional(),
    calledBack: z.literal(true, { error: 'calledBack : attendu true' }).optional(),
  })
  .openapi('KeyTransitionRequest')

export const reasonInput = z.object({ reason: reasonSchema }).openapi('KeyReason')
export const handOverInput = z
  .object({
    identityChecked: z.literal(true, {
      error: 'Confirmez que l’identité du porteur a été vérifiée en face à face.',
    }),
    /** For a mairie: the maire or representative who is present. */
    representative: words('Représentant', 2, 120).optional(),
  })
  .openapi('HandOverOpening')

const pin = z.string().regex(/^\d{4}$/, 'Le code PIN a exactement 4 chiffres.')
const code = z.string().regex(/^\d{6,8}$/, 'Le code affiché par la clé a de 6 à 8 chiffres.')
export const pinInput = z.object({ pin }).openapi('HandOverPin')
export const activationInput = z.object({ pin, code }).openapi('HandOverActivation')
export const resynchronisationInput = z
  .object({ codes: z.tuple([code, code]) })
  .openapi('HandOverResynchronisation')

export const handOverSchema = z
  .object({
    serial: z.string(),
    state: stateSchema,
    stateLabel: z.string(),
    digits: z.number().int(),
    holder: holderRefSchema,
    /** In order; the first that is not done is the next one. */
    steps: z.array(
      z.object({
        step: z.enum(['identity', 'bordereau', 'pin', 'code']),
        label: z.string(),
        done: z.boolean(),
      }),
    ),
    next: z.enum(['identity', 'bordereau', 'pin', 'code']).nullable(),
    bordereau: bordereauRefSchema.nullable(),
    attemptsLeft: z.number().int(),
    pausedUntil: instant.nullable(),
    /** What the caller may do here: only the holder's direct superior hands over. */
    mine: z.boolean(),
  })
  .openapi('HandOver')

export const restitutionInput = z
  .object({
    reason: reasonSchema.optional(),
    representative: words('Représentant', 2, 120).optional(),
  })
  .openapi('KeyRestitution')
export const restitutionsInput = z
  .object({ serials: z.array(serialSchema).min(1, 'Choisissez au moins une clé.').max(500) })
  .openapi('KeyRestitutionSummary')

export type KeySummary = z.infer<typeof keySummarySchema>
export type KeyQuery = z.infer<typeof keyQuery>
export type KeyList = z.infer<typeof keyListSchema>
export type KeyFile = z.infer<typeof keyFileSchema>
export type AllowedTransition = z.infer<typeof allowedSchema>
export type HistoryEntry = z.infer<typeof historySchema>
export type BordereauRef = z.infer<typeof bordereauRefSchema>
export type BindingReport = z.infer<typeof bindingReportSchema>
export type TransitionInput = z.infer<typeof transitionInput>
export type HandOverInput = z.infer<typeof handOverInput>
export type ActivationInput = z.infer<typeof activationInput>
export type HandOver = z.infer<typeof handOverSchema>
export type RestitutionInput = z.infer<typeof restitutionInput>
export type Slip = z.infer<typeof slipSchema>
