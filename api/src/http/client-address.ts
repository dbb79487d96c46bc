import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext } from 'hono'

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

/** Whether the peer is this machine: the screens of the same process, or a reverse proxy beside it. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && LOOPBACK.test(address)

/** Address of the caller; `X-Forwarded-For` (its last value) is believed from this machine only. */
export function clientAddress(c: HonoContext): string {
  const peer = c.env && 'incoming' in c.env ? getConnInfo(c).remote.address : undefined
  if (peer !== undefined && !isLoopback(peer)) return peer
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || (peer ?? 'local')
}
