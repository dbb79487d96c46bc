import { z } from '@hono/zod-openapi'
import { day, personSchema, writtenText } from './schema.ts'

export const sessionParams = z.object({ id: z.uuid({ error: 'identifiant de séance incorrect' }) })
export const guestParams = z.object({
  id: z.uuid({ error: 'identifiant de séance incorrect' }),
  holder: z.uuid({ error: 'identifiant de porteur incorrect' }),
})

export const newSession = z
  .object({
    heldOn: day('date'),
    startsAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'heure : attendu HH:MM, comme 09:30' })
      .optional(),
    place: writtenText('lieu', 200),
  })
  .openapi('NewHandOverSession')

export const newGuests = z
  .union(
    [
      z.strictObject({ procedureIds: z.array(z.uuid()).min(1).max(500) }),
      z.strictObject({ all: z.literal(true) }),
    ],
    { error: 'invités : attendu procedureIds (des premières nominations ouvertes), ou all: true' },
  )
  .openapi('NewHandOverGuests')

const sessionFields = {
  id: z.string(),
  heldOn: z.string(),
  startsAt: z.string().nullable(),
  place: z.string(),
  guests: z.number().int(),
  convoked: z.number().int(),
  handedOver: z.number().int(),
}
export const sessionSummarySchema = z.object(sessionFields).openapi('HandOverSessionSummary')
export const sessionSchema = z
  .object({
    ...sessionFields,
    /** Open first appointments that no session has yet. */
    waiting: z.number().int(),
    list: z.array(
      z.object({
        holder: personSchema,
        etablissement: z.string().nullable(),
        commune: z.string().nullable(),
        procedureId: z.string().nullable(),
        mail: z.string().nullable(),
        convokedAt: z.string().nullable(),
        serial: z.string().nullable(),
        keyState: z.string().nullable(),
        keyStateLabel: z.string(),
      }),
    ),
  })
  .openapi('HandOverSession')
export const convocationsSchema = z
  .object({ mailed: z.number().int(), toPrint: z.number().int() })
  .openapi('Convocations')

export type NewSession = z.infer<typeof newSession>
export type NewGuests = z.infer<typeof newGuests>
export type Session = z.infer<typeof sessionSchema>
export type SessionSummary = z.infer<typeof sessionSummarySchema>
