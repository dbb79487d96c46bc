import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { closeQuestionnaire } from './close-questionnaire.ts'
import { readQuestion } from './read-question.ts'
import { readQuestionnaire } from './read-questionnaire.ts'
import { reply } from './reply.ts'
import {
  etablissementParams,
  questionnaireSchema,
  questionSchema,
  replyAnswerSchema,
  replyInput,
  requirementParams,
  startInput,
} from './schema.ts'
import { startQuestionnaire } from './start-questionnaire.ts'

const tags = ['Questionnaire']
const refusals = ['unauthenticated', 'forbidden', 'not_found', 'invalid_input'] as const

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/questionnaire',
  tags,
  summary: 'Le questionnaire guidé : la série en cours, ses questions, son bilan',
  request: { params: etablissementParams },
  responses: { 200: jsonAnswer('Le questionnaire', questionnaireSchema), ...problemResponses(...refusals) },
})

const start = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/questionnaire',
  tags,
  summary: 'Commencer une série, ou reprendre celle qui est en cours',
  request: { params: etablissementParams, body: jsonBody(startInput) },
  responses: {
    200: jsonAnswer('La série reprise', questionnaireSchema),
    201: jsonAnswer('La série commencée', questionnaireSchema),
    ...problemResponses(...refusals, 'payload_too_large'),
  },
})

const question = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/questionnaire/questions/{requirement}',
  tags,
  summary: 'Une question, sa place dans la série et ce qui est déjà répondu',
  request: { params: requirementParams },
  responses: { 200: jsonAnswer('La question', questionSchema), ...problemResponses(...refusals) },
})

const putReply = createRoute({
  method: 'put',
  path: '/v1/etablissements/{uai}/questionnaire/replies/{requirement}',
  tags,
  summary: 'Répondre à une question ; une réponse décidée est une déclaration',
  request: { params: requirementParams, body: jsonBody(replyInput) },
  responses: {
    200: jsonAnswer('La réponse, évaluée', replyAnswerSchema),
    ...problemResponses(...refusals, 'conflict', 'payload_too_large'),
  },
})

const close = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/questionnaire/closure',
  tags,
  summary: 'Clore la série en cours ; son bilan reste',
  request: { params: etablissementParams },
  responses: {
    200: jsonAnswer('Le questionnaire', questionnaireSchema),
    ...problemResponses(...refusals, 'conflict'),
  },
})

export const questionnaireRoutes = createRouter()
  .openapi(read, async (c) => c.json(await readQuestionnaire(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(start, async (c) => {
    const done = await startQuestionnaire(c.get('ctx'), c.req.valid('param'), c.req.valid('json'))
    return done.started ? c.json(done.questionnaire, 201) : c.json(done.questionnaire, 200)
  })
  .openapi(question, async (c) => c.json(await readQuestion(c.get('ctx'), c.req.valid('param')), 200))
  .openapi(putReply, async (c) =>
    c.json(await reply(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(close, async (c) => c.json(await closeQuestionnaire(c.get('ctx'), c.req.valid('param')), 200))
