import { createHmac } from 'node:crypto'

/**
 * Headers that let a receiver prove a message (Standard Webhooks 1): its identifier, the same at each attempt, the time
 * of this attempt, and the HMAC-SHA256 of `identifier.timestamp.body`. In: the key as it was shown, `whsec_…`.
 */
export function signWebhook(
  signingKey: string,
  id: string,
  at: Date,
  body: string,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const key = Buffer.from(signingKey.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
