import type { MiddlewareHandler } from 'hono'
import { refusalOf } from './failures.ts'
import { AGENT_ID, echoed } from '../features/inventory/agent-answer.ts'

/**
 * Words a refusal so that a GLPI agent logs its reason: same status, its own JSON body. Other callers keep the
 * problem; FusionInventory reads the status alone. Stands before authentication, whose refusals it words too.
 */
export const wordRefusalsForAgents: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.error || !c.req.header(AGENT_ID)) return
  const { detail } = refusalOf(c.error)
  const headers = new Headers(c.res.headers)
  headers.set('Content-Type', 'application/json')
  headers.delete('Content-Length')
  for (const [name, value] of Object.entries(echoed(c.req.raw.headers))) headers.set(name, value)
  c.res = new Response(JSON.stringify({ status: 'error', message: detail }), {
    status: c.res.status,
    headers,
  })
}
