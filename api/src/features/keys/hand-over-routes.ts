import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { activateKey } from './activate-key.ts'
import { choosePin } from './choose-pin.ts'
import { openHandOver } from './open-hand-over.ts'
import { readHandOver } from './read-hand-over.ts'
import { resynchroniseKey } from './resynchronise-key.ts'
import {
  activationInput,
  handOverInput,
  handOverSchema,
  keyFileSchema,
  pinInput,
  reasonInput,
  resynchronisationInput,
  serialParams,
  slipSchema,
} from './schema.ts'
import { undoHandOver } from './undo-hand-over.ts'

const tags = ['Remise des clés']
const path = '/v1/keys/{serial}/hand-over'
const done = { description: 'C’est fait' }
const refusals = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)
const attemptRefusals = { ...refusals, ...problemResponses('too_many_requests') }

const read = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'Où en est la remise d’une clé : identité, bordereau, code PIN, premier code',
  request: { params: serialParams },
  responses: { 200: jsonAnswer('Les étapes, et la prochaine', handOverSchema), ...refusals },
})

const open = createRoute({
  method: 'post',
  path,
  tags,
  summary: 'Ouvrir la remise d’une clé, l’identité du porteur vérifiée en face à face',
  request: { params: serialParams, body: jsonBody(handOverInput) },
  responses: { 201: jsonAnswer('Le bordereau à faire signer', slipSchema), ...refusals },
})

const pin = createRoute({
  method: 'post',
  path: `${path}/pin`,
  tags,
  summary: 'Enregistrer le code PIN que le porteur vient de choisir',
  request: { params: serialParams, body: jsonBody(pinInput) },
  responses: { 204: done, ...refusals },
})

const activation = createRoute({
  method: 'post',
  path: `${path}/activation`,
  tags,
  summary: 'Activer la clé : le code PIN et un premier code sont prouvés ensemble',
  request: { params: serialParams, body: jsonBody(activationInput) },
  responses: { 200: jsonAnswer('La clé, active', keyFileSchema), ...attemptRefusals },
})

const resynchronisation = createRoute({
  method: 'post',
  path: `${path}/resynchronisation`,
  tags,
  summary: 'Resynchroniser, pendant sa remise, une clé dont le premier code est refusé',
  request: { params: serialParams, body: jsonBody(resynchronisationInput) },
  responses: { 204: done, ...attemptRefusals },
})

const undo = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Annuler une remise en cours : la clé redevient préparée, le code PIN est effacé',
  request: { params: serialParams, body: jsonBody(reasonInput) },
  responses: { 204: done, ...refusals },
})

export const handOverRoutes = createRouter()
  .openapi(read, async (c) => c.json(await readHandOver(c.get('ctx'), c.req.valid('param').serial), 200))
  .openapi(open, async (c) =>
    c.json(await openHandOver(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json')), 201),
  )
  .openapi(pin, async (c) => {
    await choosePin(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json').pin)
    return c.body(null, 204)
  })
  .openapi(activation, async (c) =>
    c.json(await activateKey(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json')), 200),
  )
  .openapi(resynchronisation, async (c) => {
    await resynchroniseKey(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json').codes)
    return c.body(null, 204)
  })
  .openapi(undo, async (c) => {
    await undoHandOver(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json').reason)
    return c.body(null, 204)
  })
