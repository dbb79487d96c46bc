import type { Context } from '../../context.ts'
import type { Channel } from './channel.ts'
import type { ConnectorRow } from './connector-rows.ts'
import { secretsFor } from './connector-secrets.ts'
import { OutgoingError, sendOutgoing, type OutgoingOptions } from './outgoing-request.ts'
import { signWebhook } from './sign-webhook.ts'

const HEADERS = { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' }

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'signature ou accès refusé',
  403: 'accès refusé',
  404: 'adresse inconnue',
  405: 'méthode POST refusée',
  410: 'adresse abandonnée',
  413: 'message trop long',
  429: 'trop de messages',
}

/** Gives one message to a webhook. Errors: `OutgoingError` unless the answer is 2xx. */
export async function postWebhook(
  ctx: Context,
  connector: ConnectorRow,
  message: { readonly id: string; readonly payload: Readonly<Record<string, unknown>> },
  options: OutgoingOptions,
): Promise<number> {
  const secrets = secretsFor(ctx.config, 'webhook', connector)
  const url = new URL(connector.url)
  const body = JSON.stringify({ ...message.payload, id: message.id })
  const headers = { ...HEADERS, ...signWebhook(secrets.signingKey, message.id, ctx.clock.now(), body) }
  const { status } = await sendOutgoing(ctx.config, { method: 'POST', url, headers, body }, options)
  if (status >= 200 && status < 300) return status
  const reason = REFUSALS[status]
  throw new OutgoingError(
    `${url.host} a répondu HTTP ${status}${reason ? ` (${reason})` : ''}.`,
    status >= 500 || status === 429,
  )
}

/** The way to a webhook: one POST per delivery, under the delivery's own identifier. */
export const webhookChannel = (ctx: Context, connector: ConnectorRow, options: OutgoingOptions): Channel => ({
  deliver: async ({ id, payload }) => {
    await postWebhook(ctx, connector, { id, payload }, options)
    return null
  },
  close: async () => {},
})
