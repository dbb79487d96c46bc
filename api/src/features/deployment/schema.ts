import { z } from '@hono/zod-openapi'
import { mailStatusSchema } from '../mail/schema.ts'

const count = z.number().int()
const equipment = z.object({
  equipped: count.openapi({ description: 'Dont le porteur a sa clé en main' }),
  total: count,
})

export const deploymentQuery = z.object({
  academie: z.string().trim().max(3).optional().openapi({
    description: 'Une des académies de son périmètre ; la première sinon',
  }),
})

const figures = z.object({
  activated: count.openapi({ description: 'Clés activées, encore chez leur porteur' }),
  handedToDirecteurs: count.openapi({ description: 'Clés en main d’un directeur d’école, activées ou non' }),
  activatedByDirecteurs: count.openapi({ description: 'Clés activées d’un directeur d’école' }),
})

export const deploymentSchema = z
  .object({
    academie: z.string(),
    academieName: z.string(),
    academies: z.array(z.object({ code: z.string(), name: z.string() })),
    now: figures,
    ecoles: equipment,
    mairies: equipment,
    departements: z.array(
      figures.extend({
        code: z.string(),
        name: z.string(),
        ecoles: equipment,
        mairies: equipment,
        keys: z.array(z.object({ state: z.string(), stateLabel: z.string(), count })),
        /** Keys activated in each of the last weeks, which end on a Friday; the current one comes last. */
        weeks: z.array(z.object({ friday: z.iso.date(), activations: count })),
      }),
    ),
    trend: z
      .array(figures.extend({ friday: z.iso.date() }))
      .openapi({ description: 'Un point par vendredi, du plus ancien au plus récent, tel que figé' }),
    lastReport: z
      .object({
        friday: z.iso.date(),
        countedAt: z.iso.datetime(),
        mail: z
          .object({
            id: z.uuid(),
            status: mailStatusSchema,
            statusLabel: z.string(),
            sentAt: z.iso.datetime().nullable(),
          })
          .nullable()
          .openapi({ description: 'Null : personne n’était destinataire, ou hors de votre périmètre' }),
      })
      .nullable(),
    nextReport: z.object({ friday: z.iso.date(), at: z.iso.datetime() }),
    recipients: count,
    mailConfigured: z.boolean(),
  })
  .openapi('Deployment')

const mail = z
  .string({ error: 'mail : attendu une adresse' })
  .trim()
  .toLowerCase()
  .max(200)
  .pipe(z.email({ error: 'mail : attendu une adresse, par exemple suivi@exemple.fr' }))

export const recipientInput = z
  .object({ mail, academie: z.string().trim().max(3).optional() })
  .openapi('RecipientInput')
export const recipientParams = z.object({ mail })
export const recipientSchema = z
  .object({ academie: z.string(), mail: z.string(), addedAt: z.iso.datetime(), addedBy: z.string() })
  .openapi('Recipient')
export const recipientsSchema = z.object({ rows: z.array(recipientSchema) })

export type Deployment = z.infer<typeof deploymentSchema>
export type DepartementProgress = Deployment['departements'][number]
export type Figures = z.infer<typeof figures>
export type Recipient = z.infer<typeof recipientSchema>
export type RecipientInput = z.infer<typeof recipientInput>
