import { apiOf, read } from '#lib/server/api.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = async (event) => {
  const id = event.params.framework
  const document = await read(
    apiOf(event).v1.frameworks[':framework'].catalog.$get({ param: { framework: id } }),
    event.url,
  )
  return new Response(JSON.stringify(document, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${id}.oscal.json"`,
      'Cache-Control': 'private, no-store',
    },
  })
}
