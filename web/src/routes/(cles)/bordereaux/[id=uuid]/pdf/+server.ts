import { apiOf, relayFile } from '#lib/server/api.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = (event) =>
  relayFile(apiOf(event).v1.bordereaux[':id'].pdf.$get({ param: event.params }), event.url)
