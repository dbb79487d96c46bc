import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { sessionCookie, sessionTokenOf } from '../../http/session-cookie.ts'
import { confirmEnrolment } from './confirm-enrolment.ts'
import { proveSession } from './prove-session.ts'
import { recoverSecondFactor } from './recover.ts'
import { confirmationSchema, enrolmentSchema, recoverySchema, sessionCodeSchema } from './schema.ts'
import { startEnrolment } from './start-enrolment.ts'

const tags = ['Session']
const signedInRefusals = ['unauthenticated', 'invalid_credentials', 'forbidden', 'conflict'] as const

const proof = createRoute({
  method: 'post',
  path: '/v1/sessions/code',
  tags,
  summary: 'Terminer sa connexion avec le code de sa clé',
  request: { body: jsonBody(sessionCodeSchema) },
  responses: {
    204: { description: 'Connexion terminée : le cookie change de valeur' },
    ...problemResponses(...signedInRefusals, 'invalid_input', 'unavailable'),
  },
})

const enrolment = createRoute({
  method: 'post',
  path: '/v1/me/software-key',
  tags,
  summary: 'Afficher une clé à ajouter à son téléphone',
  responses: {
    201: jsonAnswer('La clé, montrée cette seule fois', enrolmentSchema),
    ...problemResponses(...signedInRefusals),
  },
})

const confirmation = createRoute({
  method: 'post',
  path: '/v1/me/software-key/activation',
  tags,
  summary: 'Adopter la clé affichée, en donnant un de ses codes',
  request: { body: jsonBody(confirmationSchema) },
  responses: {
    204: { description: 'Clé active ; connexion terminée' },
    ...problemResponses(...signedInRefusals, 'invalid_input'),
  },
})

const recovery = createRoute({
  method: 'post',
  path: '/v1/accounts/{account}/second-factor/recovery',
  tags: ['Comptes'],
  summary: 'Retirer la clé logicielle d’une personne qui l’a perdue',
  request: {
    params: z.object({ account: z.uuid() }),
    body: jsonBody(recoverySchema),
  },
  responses: {
    204: { description: 'Clé retirée : la prochaine connexion en fera adopter une autre' },
    ...problemResponses(
      'unauthenticated',
      'invalid_credentials',
      'forbidden',
      'not_found',
      'conflict',
      'invalid_input',
    ),
  },
})

export const secondFactorRoutes = createRouter()
  .openapi(proof, async (c) => {
    const ctx = c.get('ctx')
    const token = await proveSession(ctx, c.req.valid('json').code, sessionTokenOf(ctx.config, c.req.raw))
    c.header('Set-Cookie', sessionCookie(ctx.config, token))
    return c.body(null, 204)
  })
  .openapi(enrolment, async (c) => {
    const { secret, uri, qr } = await startEnrolment(c.get('ctx'))
    return c.json({ secret, uri, qr: qr.map((row) => [...row]) }, 201)
  })
  .openapi(confirmation, async (c) => {
    const ctx = c.get('ctx')
    const token = await confirmEnrolment(ctx, c.req.valid('json'), sessionTokenOf(ctx.config, c.req.raw))
    c.header('Set-Cookie', sessionCookie(ctx.config, token))
    return c.body(null, 204)
  })
  .openapi(recovery, async (c) => {
    await recoverSecondFactor(c.get('ctx'), c.req.valid('param').account, c.req.valid('json'))
    return c.body(null, 204)
  })
