import { createHash } from 'node:crypto'
import type { Actor } from '../../../access/actor.ts'
import type { Context } from '../../../context.ts'
import { receiveAlerts } from '../../incidents/alerts/receive-alerts.ts'
import { webhookInput } from '../../incidents/alerts/schema.ts'
import type { PlannedAlert } from './story.ts'

/** Alertmanager, as its service account. */
const ALERTMANAGER: Actor = {
  kind: 'service',
  id: '00000000-0000-4000-8000-00a1e4700098',
  name: 'Alertmanager du rectorat',
  scope: 'alert:push',
  perimeter: { kind: 'academie', code: '98' },
}

/** Sends an alert as Alertmanager's webhook would. In: when it began, when it ended or null. */
export async function pushAlert(
  ctx: Context,
  { name, severity, labels, summary, description }: PlannedAlert,
  uai: string | null,
  startsAt: Date,
  endsAt: Date | null,
): Promise<void> {
  const all = { alertname: name, academie: '98', severity, ...labels, ...(uai === null ? {} : { uai }) }
  const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)
  const runbook = `${ctx.config.publicUrl ?? ''}/exploitation/alertes#${name.toLowerCase()}`
  const payload = {
    version: '4',
    truncatedAlerts: 0,
    alerts: [
      {
        status: endsAt === null ? 'firing' : 'resolved',
        labels: all,
        annotations: { summary, description, runbook_url: runbook },
        startsAt: toMinute(startsAt),
        endsAt: endsAt === null ? '0001-01-01T00:00:00Z' : endsAt.toISOString(),
        fingerprint,
      },
    ],
  }
  await receiveAlerts({ ...ctx, actor: ALERTMANAGER }, webhookInput.parse(payload))
}

/** The beginning of an alert is said again, the same, at its end. */
const toMinute = (at: Date): string => new Date(Math.floor(at.getTime() / 60_000) * 60_000).toISOString()
