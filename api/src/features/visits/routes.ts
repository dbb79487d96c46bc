import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { changeVisit } from './change-visit.ts'
import { closeVisit } from './close-visit.ts'
import { listVisits } from './list-visits.ts'
import { readAgenda } from './read-agenda.ts'
import { readVisit } from './read-visit.ts'
import { reopenVisit } from './reopen-visit.ts'
import {
  agendaSchema,
  answersInput,
  answersSchema,
  closingSchema,
  conflictParams,
  etablissementParams,
  reopeningInput,
  reopeningSchema,
  settlementInput,
  visitChange,
  visitInput,
  visitParams,
  visitSchema,
  visitsSchema,
} from './schema.ts'
import { sendAnswers } from './send-answers.ts'
import { settleConflict } from './settle-conflict.ts'
import { startVisit } from './start-visit.ts'

const tags = ['Visites']
const READING = ['unauthenticated', 'forbidden', 'not_found', 'invalid_input'] as const
const CHANGING = [...READING, 'conflict'] as const

const agenda = createRoute({
  method: 'get',
  path: '/v1/visit-agenda',
  tags,
  summary: 'Ce que l’on a à visiter, et les visites commencées',
  responses: {
    200: jsonAnswer('L’agenda', agendaSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/visits',
  tags,
  summary: 'Les visites d’un établissement',
  request: { params: etablissementParams },
  responses: { 200: jsonAnswer('Les visites', visitsSchema), ...problemResponses(...READING) },
})

const started = z.object({ id: z.uuid(), started: z.boolean() })
const start = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/visits',
  tags,
  summary: 'Commencer une visite, ou rejoindre celle qui est en cours',
  request: { params: etablissementParams, body: jsonBody(visitInput) },
  responses: {
    200: jsonAnswer('La visite qui est en cours', started),
    201: jsonAnswer('La visite', started),
    ...problemResponses(...CHANGING),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/visits/{id}',
  tags,
  summary: 'Une visite et sa liste de contrôle',
  request: { params: visitParams },
  responses: { 200: jsonAnswer('La visite', visitSchema), ...problemResponses(...READING) },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/visits/{id}',
  tags,
  summary: 'Changer le jour ou la note d’une visite en cours',
  request: { params: visitParams, body: jsonBody(visitChange) },
  responses: { 204: { description: 'Visite modifiée' }, ...problemResponses(...CHANGING) },
})

const answers = createRoute({
  method: 'post',
  path: '/v1/visits/{id}/answers',
  tags,
  summary: 'Envoyer des réponses ; envoyées deux fois, elles comptent une fois',
  request: { params: visitParams, body: jsonBody(answersInput) },
  responses: {
    200: jsonAnswer('Ce qu’il est advenu de chacune', answersSchema),
    ...problemResponses(...READING),
  },
})

const settle = createRoute({
  method: 'post',
  path: '/v1/visits/{id}/conflicts/{answerId}',
  tags,
  summary: 'Choisir entre deux réponses données en même temps',
  request: { params: conflictParams, body: jsonBody(settlementInput) },
  responses: { 204: { description: 'Choix fait' }, ...problemResponses(...CHANGING) },
})

const close = createRoute({
  method: 'post',
  path: '/v1/visits/{id}/closing',
  tags,
  summary: 'Clore une visite : ses réponses comptent',
  request: { params: visitParams },
  responses: { 200: jsonAnswer('Ce qui compte', closingSchema), ...problemResponses(...CHANGING) },
})

const reopen = createRoute({
  method: 'post',
  path: '/v1/visits/{id}/reopening',
  tags,
  summary: 'Rouvrir une visite close par erreur : ses réponses ne comptent plus jusqu’à la clôture',
  request: { params: visitParams, body: jsonBody(reopeningInput) },
  responses: { 200: jsonAnswer('Ce qui ne compte plus', reopeningSchema), ...problemResponses(...CHANGING) },
})

export const visitsRoutes = createRouter()
  .openapi(agenda, async (c) => c.json(await readAgenda(c.get('ctx')), 200))
  .openapi(list, async (c) => c.json(await listVisits(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(start, async (c) => {
    const visit = await startVisit(c.get('ctx'), c.req.valid('param'), c.req.valid('json'))
    return visit.started ? c.json(visit, 201) : c.json(visit, 200)
  })
  .openapi(read, async (c) => c.json(await readVisit(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(change, async (c) => {
    await changeVisit(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(answers, async (c) =>
    c.json(await sendAnswers(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(settle, async (c) => {
    await settleConflict(c.get('ctx'), c.req.valid('param'), c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(close, async (c) => c.json(await closeVisit(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(reopen, async (c) =>
    c.json(await reopenVisit(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
