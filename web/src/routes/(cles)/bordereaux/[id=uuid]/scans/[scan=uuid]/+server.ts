import { apiOf, relayFile } from '#lib/server/api.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = (event) => {
  const { id, scan } = event.params
  return relayFile(
    apiOf(event).v1.bordereaux[':id'].scans[':scanId'].$get({ param: { id, scanId: scan } }),
    event.url,
  )
}
