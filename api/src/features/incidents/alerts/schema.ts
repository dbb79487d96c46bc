import { z } from '@hono/zod-openapi'

/** Alerts of one payload; `max_alerts` of the receiver keeps below it. */
export const MAX_ALERTS = 2_000
const MAX_LABELS = 64

const labels = (most: number) =>
  z
    .record(
      z.string().max(200, { error: 'nom trop long : au plus 200 caractères' }),
      z
        .string({ error: 'attendu : un texte' })
        .max(most, { error: `valeur trop longue : au plus ${most} caractères` })
        .refine((text) => !text.includes('\u0000'), { error: 'sans caractère nul' }),
      { error: 'attendu : un objet dont les valeurs sont des textes' },
    )
    .refine((given) => Object.keys(given).length <= MAX_LABELS, {
      error: `trop d’étiquettes : au plus ${MAX_LABELS}`,
    })
const instant = (name: string) =>
  z.iso.datetime({
    offset: true,
    error: `${name} : attendu une date RFC 3339, par exemple 2026-11-16T08:00:00Z`,
  })

const alert = z.object({
  status: z.enum(['firing', 'resolved'], { error: 'status : attendu firing ou resolved' }),
  labels: labels(2_000).refine((given) => (given['alertname'] ?? '').trim() !== '', {
    error: 'alertname : l’alerte n’a pas de nom',
  }),
  annotations: labels(8_000).default({}),
  startsAt: instant('startsAt'),
  /** `0001-01-01T00:00:00Z` while it fires. */
  endsAt: instant('endsAt').optional(),
  generatorURL: z.string().max(8_000).optional(),
  fingerprint: z
    .string({ error: 'fingerprint : attendu l’empreinte de l’alerte' })
    .regex(/^[\w-]{1,64}$/, { error: 'fingerprint : attendu l’empreinte de l’alerte, en hexadécimal' }),
})

/** Alertmanager's webhook, version 4; what it adds later is let through unread. */
export const webhookInput = z
  .object({
    version: z.literal('4', { error: 'version : attendu « 4 », celle du webhook d’Alertmanager' }),
    groupKey: z.string().max(20_000).optional(),
    truncatedAlerts: z.number().int().min(0).default(0),
    alerts: z
      .array(alert, { error: 'alerts : attendu la liste des alertes' })
      .max(MAX_ALERTS, { error: `alerts : au plus ${MAX_ALERTS} alertes par envoi, réglez max_alerts` }),
  })
  .openapi('AlertmanagerWebhook')

export type Webhook = z.infer<typeof webhookInput>
export type WebhookAlert = Webhook['alerts'][number]
