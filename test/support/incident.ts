import type { Actor } from '@vigie/api/access'
import type { Context } from '@vigie/api/context'
import { webhookInput, type Webhook } from '@vigie/api/features/incidents/alerts/schema.ts'
import { receiveAlerts } from '@vigie/api/features/incidents/alerts/receive-alerts.ts'

export interface AlertOptions {
  readonly status?: 'firing' | 'resolved'
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly startsAt?: string
  readonly endsAt?: string
  readonly fingerprint?: string
}

/** One alert as Alertmanager's webhook writes it. */
export const anAlert = ({
  status = 'firing',
  labels = {},
  annotations = {},
  startsAt = '2026-11-16T08:59:00Z',
  endsAt,
  fingerprint = '1368d3758b8d19db',
}: AlertOptions = {}) => ({
  status,
  labels: { alertname: 'EtablissementServiceDown', severity: 'warning', job: 'vigie-http', ...labels },
  annotations: {
    summary: 'Un service ne répond plus',
    description: 'Aucune réponse depuis cinq minutes.',
    runbook_url: 'https://vigie.exemple.fr/exploitation/alertes#etablissementservicedown',
    ...annotations,
  },
  startsAt,
  endsAt: endsAt ?? (status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-16T09:00:00Z'),
  generatorURL: 'http://prometheus.exemple.fr/graph?g0.expr=up',
  fingerprint,
})

/** A payload of Alertmanager's webhook, version 4, as it travels. */
export const aWebhook = (...alerts: readonly ReturnType<typeof anAlert>[]) => ({
  receiver: 'vigie',
  status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
  alerts,
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager.exemple.fr',
  version: '4',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
})

/** Service account of Alertmanager on an académie. */
export const anAlertPusher = (academie = '98'): Actor => ({
  kind: 'service',
  id: '00000000-0000-4000-8000-0000000a1e47',
  name: 'Alertmanager',
  scope: 'alert:push',
  perimeter: { kind: 'academie', code: academie },
})

/** Gives alerts to Vigie as the webhook does, its schema included. */
export const pushAlerts = (
  ctx: Context,
  alerts: readonly ReturnType<typeof anAlert>[],
  academie = '98',
): Promise<void> => {
  const payload: Webhook = webhookInput.parse(aWebhook(...alerts))
  return receiveAlerts({ ...ctx, actor: anAlertPusher(academie) }, payload)
}
