import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { changeOwnPin } from './change-own-pin.ts'
import { readOwnKey } from './read-own-key.ts'
import { reportOwnKey } from './report-own-key.ts'
import { resynchroniseOwnKey } from './resynchronise-own-key.ts'
import { doneSchema, lossInput, ownKeySchema, pinInput, resynchronisationInput } from './schema.ts'

const tags = ['Ma clé']
const ACT = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
  'unavailable',
)

const read = createRoute({
  method: 'get',
  path: '/v1/me/key',
  tags,
  summary: 'Sa propre clé, et ce qu’on peut en faire',
  responses: { 200: jsonAnswer('La clé', ownKeySchema), ...problemResponses('unauthenticated', 'forbidden') },
})
const pin = createRoute({
  method: 'post',
  path: '/v1/me/key/pin',
  tags,
  summary: 'Choisir un autre code PIN',
  request: { body: jsonBody(pinInput) },
  responses: { 200: jsonAnswer('Le code PIN est changé', doneSchema), ...ACT },
})
const resynchronisation = createRoute({
  method: 'post',
  path: '/v1/me/key/resynchronisation',
  tags,
  summary: 'Resynchroniser sa clé',
  request: { body: jsonBody(resynchronisationInput) },
  responses: { 200: jsonAnswer('La clé est resynchronisée', doneSchema), ...ACT },
})
const loss = createRoute({
  method: 'post',
  path: '/v1/me/key/loss',
  tags,
  summary: 'Signaler sa clé perdue, volée ou cassée',
  request: { body: jsonBody(lossInput) },
  responses: { 200: jsonAnswer('La clé ne fonctionne plus', doneSchema), ...ACT },
})

export const ownKeyRoutes = createRouter()
  .openapi(read, async (c) => c.json(await readOwnKey(c.get('ctx')), 200))
  .openapi(pin, async (c) => c.json(await changeOwnPin(c.get('ctx'), c.req.valid('json')), 200))
  .openapi(resynchronisation, async (c) =>
    c.json(await resynchroniseOwnKey(c.get('ctx'), c.req.valid('json').codes), 200),
  )
  .openapi(loss, async (c) => c.json(await reportOwnKey(c.get('ctx'), c.req.valid('json')), 200))
