import { z } from '@hono/zod-openapi'
import { writtenText } from '../procedures/schema.ts'

const pin = (name: string) => z.string().regex(/^\d{4}$/, { error: `${name} : attendu 4 chiffres` })
const code = z
  .string()
  .regex(/^\d{6,8}$/, { error: 'code : attendu 6 à 8 chiffres, comme la clé les affiche' })

export const pinInput = z
  .object({ currentPin: pin('code PIN actuel').optional(), code, pin: pin('nouveau code PIN') })
  .openapi('OwnPinInput')
export const resynchronisationInput = z
  .object({ codes: z.tuple([code, code], { error: 'codes : attendu deux codes qui se suivent' }) })
  .openapi('OwnResynchronisationInput')
export const lossInput = z
  .object({
    kind: z.enum(['lost', 'stolen', 'broken'], { error: 'kind : attendu lost, stolen ou broken' }),
    reason: writtenText('motif'),
  })
  .openapi('OwnLossInput')

export const doneSchema = z
  .object({ done: z.string(), procedureId: z.string().nullable() })
  .openapi('OwnKeyAnswer')

export const ownKeySchema = z
  .object({
    key: z
      .object({
        serial: z.string(),
        kind: z.string(),
        type: z.string(),
        state: z.string(),
        stateLabel: z.string(),
        stateSince: z.string(),
        expiresOn: z.string().nullable(),
      })
      .nullable(),
    /** Where the key stands, in plain words. */
    situation: z.string(),
    pinSet: z.boolean(),
    pausedUntil: z.string().nullable(),
    lastAcceptedAt: z.string().nullable(),
    /** What the holder may do now; the rest says where to turn. */
    actions: z.array(
      z.object({
        action: z.enum(['change_pin', 'resynchronise', 'report', 'forgotten_key']),
        label: z.string(),
        explanation: z.string(),
        possible: z.boolean(),
      }),
    ),
    procedures: z.array(
      z.object({
        id: z.string(),
        kindLabel: z.string(),
        next: z.string().nullable(),
        whoLabel: z.string().nullable(),
      }),
    ),
  })
  .openapi('OwnKey')

export type PinInput = z.infer<typeof pinInput>
export type LossInput = z.infer<typeof lossInput>
export type OwnKey = z.infer<typeof ownKeySchema>
export type OwnKeyAnswer = z.infer<typeof doneSchema>
