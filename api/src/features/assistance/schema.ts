import { z } from '@hono/zod-openapi'
import { personSchema, writtenText } from '../procedures/schema.ts'

export const ASSISTANCE_ACTIONS = [
  'unlock',
  'reset_pin',
  'resynchronise',
  'temporary_password',
  'replacement',
] as const
export type AssistanceAction = (typeof ASSISTANCE_ACTIONS)[number]

/** Hours of a limited-time password. */
export const HOURS = { least: 1, most: 24, usual: 8 } as const

export const assistanceFilters = z.object({
  q: z
    .string()
    .trim()
    .min(2, { error: 'Saisissez au moins 2 caractères du nom, de l’identifiant ou du numéro de série.' })
    .max(80, { error: 'La recherche porte sur 80 caractères au plus.' })
    .refine((text) => !text.includes('\u0000'), { error: 'La recherche ne contient pas de caractère nul.' }),
})

export const assistanceParams = z.object({ id: z.uuid({ error: 'identifiant de porteur incorrect' }) })

const code = z
  .string()
  .regex(/^\d{6,8}$/, { error: 'code : attendu 6 à 8 chiffres, comme la clé les affiche' })

export const assistanceInput = z
  .object({
    action: z.enum(ASSISTANCE_ACTIONS, { error: `action : attendu ${ASSISTANCE_ACTIONS.join(', ')}` }),
    calledBack: z.literal(true, { error: 'rappel : attendu true une fois le porteur rappelé' }).optional(),
    reason: writtenText('motif').optional(),
    /** Two codes that the key showed one after the other. */
    codes: z.tuple([code, code], { error: 'codes : attendu deux codes qui se suivent' }).optional(),
    hours: z
      .number({ error: 'durée : attendu un nombre d’heures' })
      .int()
      .min(HOURS.least, { error: 'durée : au moins 1 heure' })
      .max(HOURS.most, { error: 'durée : au plus 24 heures' })
      .optional(),
    incident: z
      .enum(['lost', 'stolen', 'broken'], { error: 'incident : attendu lost, stolen ou broken' })
      .optional(),
  })
  .openapi('AssistanceInput')

export const newPinInput = z
  .object({
    identityChecked: z.literal(true, { error: 'identité : vérifiez-la face à face, puis confirmez-le' }),
    code,
    pin: z.string().regex(/^\d{4}$/, { error: 'code PIN : attendu 4 chiffres' }),
  })
  .openapi('NewPinInput')

export const assistanceAnswer = z
  .object({
    /** What has changed, in French. */
    done: z.string(),
    /** Shown this once, and kept nowhere. */
    temporaryPassword: z.string().optional(),
    until: z.string().optional(),
    procedureId: z.string().optional(),
  })
  .openapi('AssistanceAnswer')

export const assistanceListSchema = z
  .object({
    rows: z.array(
      z.object({
        holder: personSchema.extend({
          etablissement: z.string().nullable(),
          commune: z.string().nullable(),
          circonscription: z.string().nullable(),
          departement: z.string().nullable(),
        }),
        key: z
          .object({
            serial: z.string(),
            state: z.string(),
            stateLabel: z.string(),
            stateSince: z.string(),
            type: z.string(),
            expiresOn: z.string().nullable(),
          })
          .nullable(),
        now: z.object({
          locked: z.boolean(),
          pausedUntil: z.string().nullable(),
          failCount: z.number().int(),
          pinSet: z.boolean(),
          temporaryUntil: z.string().nullable(),
          lastAcceptedAt: z.string().nullable(),
          openProcedure: z.object({ id: z.string(), kindLabel: z.string() }).nullable(),
        }),
        actions: z.array(
          z.object({
            action: z.string(),
            label: z.string(),
            consequence: z.string(),
            needsCallBack: z.boolean(),
            callBackNumber: z.string().nullable(),
            /** Why it cannot be done now and what to do first; null when it can. */
            obstacle: z.string().nullable(),
          }),
        ),
      }),
    ),
    /** True when more people match: the search must be narrowed. */
    more: z.boolean(),
  })
  .openapi('AssistanceList')

export type AssistanceInput = z.infer<typeof assistanceInput>
export type NewPinInput = z.infer<typeof newPinInput>
export type AssistanceAnswer = z.infer<typeof assistanceAnswer>
export type AssistanceList = z.infer<typeof assistanceListSchema>
