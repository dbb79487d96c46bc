import { apiOf, relayFile } from '#lib/server/api.ts'
import type { RequestHandler } from './$types.ts'

/** Always a download, never shown by the browser, whatever the file holds. */
export const GET: RequestHandler = async (event) => {
  const { id } = event.params
  const response = await relayFile(apiOf(event).v1.proofs[':id'].content.$get({ param: { id } }), event.url)
  response.headers.set('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  return response
}
