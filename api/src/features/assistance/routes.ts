import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { chooseNewPin } from './choose-new-pin.ts'
import { helpHolder } from './help-holder.ts'
import {
  assistanceAnswer,
  assistanceFilters,
  assistanceInput,
  assistanceListSchema,
  assistanceParams,
  newPinInput,
} from './schema.ts'
import { searchHolders } from './search-holders.ts'

const tags = ['Assistance']

const search = createRoute({
  method: 'get',
  path: '/v1/assistance',
  tags,
  summary: 'Chercher un porteur par son nom, son identifiant ou sa clé',
  request: { query: assistanceFilters },
  responses: {
    200: jsonAnswer(
      'Les porteurs trouvés, et ce qui peut se faire maintenant pour chacun',
      assistanceListSchema,
    ),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const help = createRoute({
  method: 'post',
  path: '/v1/holders/{id}/assistance',
  tags,
  summary: 'Dépanner un porteur',
  request: {
    params: assistanceParams,
    body: jsonBody(assistanceInput),
  },
  responses: {
    200: jsonAnswer(
      'Ce qui a changé ; un mot de passe à durée limitée n’est montré que cette fois',
      assistanceAnswer,
    ),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'invalid_input',
      'payload_too_large',
      'unavailable',
    ),
  },
})

const newPin = createRoute({
  method: 'post',
  path: '/v1/holders/{id}/pin',
  tags,
  summary: 'Faire choisir un autre code PIN, face à face',
  request: {
    params: assistanceParams,
    body: jsonBody(newPinInput),
  },
  responses: {
    200: jsonAnswer('Le code PIN est changé', assistanceAnswer),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'invalid_input',
      'payload_too_large',
      'unavailable',
    ),
  },
})

export const assistanceRoutes = createRouter()
  .openapi(search, async (c) => c.json(await searchHolders(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(help, async (c) =>
    c.json(await helpHolder(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(newPin, async (c) =>
    c.json(await chooseNewPin(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
