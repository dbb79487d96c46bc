import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { deleteProof } from './delete-proof.ts'
import { downloadProof, proofHeaders } from './download-proof.ts'
import { listProofs } from './list-proofs.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { readProof } from './read-proof.ts'
import { receiveUpload } from './upload-protocol.ts'
import {
  etablissementParams,
  listQuery,
  proofForm,
  proofListSchema,
  proofParams,
  proofSchema,
  storedProofSchema,
} from './schema.ts'
import { storeProof } from './store-proof.ts'

const tags = ['Preuves']
const binary = { schema: z.string().openapi({ format: 'binary' }) }

const post = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/proofs',
  tags,
  summary:
    'Joindre une preuve : PDF, image, document de bureautique sans macros ou texte (10 Mio par défaut)',
  middleware: receiveUpload(),
  request: {
    params: etablissementParams,
    body: { content: { 'multipart/form-data': { schema: proofForm } } },
  },
  responses: {
    200: jsonAnswer('La preuve, qui était déjà conservée', storedProofSchema),
    201: jsonAnswer('La preuve conservée', storedProofSchema),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'invalid_input',
      'payload_too_large',
      'unsupported_media',
      'unavailable',
    ),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/proofs',
  tags,
  summary: 'Les preuves d’un établissement',
  request: { params: etablissementParams, query: listQuery },
  responses: {
    200: jsonAnswer('Les preuves', proofListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/proofs/{id}',
  tags,
  summary: 'Une preuve, sans son contenu',
  request: { params: proofParams },
  responses: {
    200: jsonAnswer('La preuve', proofSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const content = createRoute({
  method: 'get',
  path: '/v1/proofs/{id}/content',
  tags,
  summary: 'Le contenu d’une preuve, tel qu’il a été joint',
  request: { params: proofParams },
  responses: {
    200: {
      description: 'Le fichier, conforme à son empreinte, toujours en pièce à télécharger',
      content: Object.fromEntries(MEDIA_TYPES.map(({ type }) => [type, binary])),
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'internal'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/proofs/{id}',
  tags,
  summary: 'Retirer une preuve que rien ne cite',
  request: { params: proofParams },
  responses: {
    204: { description: 'La preuve n’existe plus' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const proofsRoutes = createRouter()
  .openapi(post, async (c) => {
    const stored = await storeProof(c.get('ctx'), c.req.valid('param'), c.req.valid('form'))
    return stored.alreadyHeld ? c.json(stored, 200) : c.json(stored, 201)
  })
  .openapi(list, async (c) =>
    c.json(await listProofs(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
  .openapi(read, async (c) => c.json(await readProof(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(content, async (c) => {
    const file = await downloadProof(c.get('ctx'), c.req.valid('param').id)
    return c.body(file.content, 200, proofHeaders(file))
  })
  .openapi(remove, async (c) => {
    await deleteProof(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
