import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { createRouter } from '../../http/router.ts'
import { radiusAttempt } from './radius-attempt.ts'
import { idempotencyHeaderSchema, radiusSchema, verificationSchema } from './schema.ts'
import { verifyForRelay } from './verify-for-relay.ts'

const tags = ['Vérification OTP']
const refusals = [
  'unauthenticated',
  'invalid_credentials',
  'forbidden',
  'invalid_input',
  'unavailable',
] as const

const verification = createRoute({
  method: 'post',
  path: '/v1/otp/verifications',
  tags,
  summary: 'Vérifie le code d’un porteur',
  description:
    '204 accepte, 401 refuse sans dire pourquoi, 503 ne répond pas. Avec une clé d’idempotence, une demande renvoyée à ' +
    'l’identique dans la minute reçoit la première réponse.',
  request: {
    headers: idempotencyHeaderSchema,
    body: { content: { 'application/json': { schema: verificationSchema } }, required: true },
  },
  responses: { 204: { description: 'Code accepté' }, ...problemResponses(...refusals, 'conflict') },
})

const radius = createRoute({
  method: 'post',
  path: '/v1/otp/radius',
  tags,
  summary: 'Vérifie un Access-Request relayé par FreeRADIUS (rlm_rest)',
  description: 'Le mot de passe est le code personnel suivi du code de la clé.',
  request: {
    headers: idempotencyHeaderSchema,
    body: { content: { 'application/json': { schema: radiusSchema } }, required: true },
  },
  responses: { 204: { description: 'Code accepté' }, ...problemResponses(...refusals, 'conflict') },
})

export const otpRoutes = createRouter()
  .openapi(verification, async (c) => {
    const { login, pin, code, source } = c.req.valid('json')
    const { 'idempotency-key': idempotencyKey } = c.req.valid('header')
    const attempt = { login, pin, code, address: source ?? null, channel: 'http', idempotencyKey } as const
    await verifyForRelay(c.get('ctx'), attempt)
    return c.body(null, 204)
  })
  .openapi(radius, async (c) => {
    const { 'idempotency-key': idempotencyKey } = c.req.valid('header')
    await verifyForRelay(c.get('ctx'), { ...radiusAttempt(c.req.valid('json')), idempotencyKey })
    return c.body(null, 204)
  })
