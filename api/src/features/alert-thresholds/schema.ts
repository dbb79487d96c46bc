import { z } from '@hono/zod-openapi'
import { ALERT_THRESHOLDS, type ThresholdAlert } from '@vigie/collectors'
import { codeSchema } from '../keys/schema.ts'

export const THRESHOLD_ALERTS = Object.keys(ALERT_THRESHOLDS) as ThresholdAlert[]

const alertSchema = z.enum(THRESHOLD_ALERTS, 'Cette alerte n’existe pas ou n’a pas de seuil réglable.')

export const alertThresholdQuery = z.object({
  academie: codeSchema
    .optional()
    .openapi({ description: 'Code de l’académie ; sans lui, toutes les siennes' }),
})
export const alertThresholdParams = z.object({ academie: codeSchema, alert: alertSchema })

export const alertThresholdInput = z
  .object({ value: z.number('Donnez le seuil, en chiffres.') })
  .openapi('AlertThresholdInput')

export const alertThresholdSchema = z
  .object({
    academie: z.string(),
    alert: alertSchema,
    label: z.string().openapi({ description: 'Ce que mesure le seuil' }),
    summary: z.string().openapi({ description: 'Ce que dit l’alerte' }),
    severity: z.enum(['critical', 'warning', 'info']),
    unit: z.string(),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    value: z.number().openapi({ description: 'Seuil en vigueur' }),
    updatedAt: z.iso.datetime().nullable().openapi({ description: 'Nul quand le seuil est celui d’origine' }),
    updatedBy: z.string().nullable().openapi({ description: 'Nom de qui l’a réglé' }),
    runbook: z.string().openapi({ description: 'Adresse de la fiche, dans Vigie' }),
  })
  .openapi('AlertThreshold')

export type AlertThreshold = z.infer<typeof alertThresholdSchema>
