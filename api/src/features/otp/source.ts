import { createHmac } from 'node:crypto'
import type { Context } from '../../context.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { SOURCE_FAILURES } from './outcome.ts'

/** Where attempts come from: kept as a keyed hash, with the failures it is allowed. */
export interface Source {
  readonly id: string
  readonly allowed: number
}

/**
 * In: who relays (a service account or a signed-in account), and the person's address as the relay saw it. Without an
 * address the relay itself is the source, and is allowed what many people get wrong together.
 */
export function sourceOf(ctx: Context, relay: string, address: string | null): Source {
  const key = keyringOf(ctx.config).current.fingerprint
  const id = createHmac('sha256', key)
    .update(`source\n${relay}\n${address ?? ''}`, 'utf8')
    .digest('hex')
  return { id: id.slice(0, 32), allowed: SOURCE_FAILURES[address === null ? 'relay' : 'person'] }
}
