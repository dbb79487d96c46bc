import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { attachScan } from './attach-scan.ts'
import { downloadPdf } from './download-pdf.ts'
import { downloadScan } from './download-scan.ts'
import { fileHeaders } from './file-headers.ts'
import { listBordereaux } from './list-bordereaux.ts'
import { readBordereau } from './read-bordereau.ts'
import {
  bordereauListSchema,
  bordereauParams,
  bordereauSchema,
  listQuery,
  scanForm,
  scanParams,
  scanSchema,
} from './schema.ts'

const tags = ['Bordereaux']
const binary = { schema: z.string().openapi({ format: 'binary' }) }

const list = createRoute({
  method: 'get',
  path: '/v1/bordereaux',
  tags,
  summary: 'Les bordereaux de son périmètre, et ceux dont le scan signé manque',
  request: { query: listQuery },
  responses: {
    200: jsonAnswer('Les bordereaux', bordereauListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/bordereaux/{id}',
  tags,
  summary: 'Un bordereau, ses clés et ses scans',
  request: { params: bordereauParams },
  responses: {
    200: jsonAnswer('Le bordereau', bordereauSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const pdf = createRoute({
  method: 'get',
  path: '/v1/bordereaux/{id}/pdf',
  tags,
  summary: 'Le PDF tel qu’il a été archivé',
  request: { params: bordereauParams },
  responses: {
    200: { description: 'Le PDF, conforme à son empreinte', content: { 'application/pdf': binary } },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'internal'),
  },
})

const attach = createRoute({
  method: 'post',
  path: '/v1/bordereaux/{id}/scans',
  tags,
  summary: 'Joindre le scan du bordereau signé (PDF, PNG ou JPEG, 10 Mio au plus)',
  request: {
    params: bordereauParams,
    body: { content: { 'multipart/form-data': { schema: scanForm } } },
  },
  responses: {
    201: jsonAnswer('Le scan joint', scanSchema),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'payload_too_large',
      'unsupported_media',
      'invalid_input',
    ),
  },
})

const scan = createRoute({
  method: 'get',
  path: '/v1/bordereaux/{id}/scans/{scanId}',
  tags,
  summary: 'Un scan, tel qu’il a été joint',
  request: { params: scanParams },
  responses: {
    200: {
      description: 'Le scan, conforme à son empreinte',
      content: { 'application/pdf': binary, 'image/png': binary, 'image/jpeg': binary },
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'internal'),
  },
})

export const bordereauxRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listBordereaux(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(read, async (c) => c.json(await readBordereau(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(pdf, async (c) => {
    const file = await downloadPdf(c.get('ctx'), c.req.valid('param').id)
    return c.body(file.content, 200, fileHeaders(file))
  })
  .openapi(attach, async (c) => {
    const { file, signedOn } = c.req.valid('form')
    return c.json(await attachScan(c.get('ctx'), c.req.valid('param').id, { file, signedOn }), 201)
  })
  .openapi(scan, async (c) => {
    const { id, scanId } = c.req.valid('param')
    const file = await downloadScan(c.get('ctx'), id, scanId)
    return c.body(file.content, 200, fileHeaders(file))
  })
