import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { acknowledgeIncident } from './life/acknowledge-incident.ts'
import { assignIncident } from './life/assign-incident.ts'
import { changeIncident } from './life/change-incident.ts'
import { commentIncident } from './life/comment-incident.ts'
import { listAssignees } from './life/list-assignees.ts'
import { openIncident } from './life/open-incident.ts'
import { reopenIncident } from './life/reopen-incident.ts'
import { resolveIncident } from './life/resolve-incident.ts'
import { readIncidentFigures } from './figures/read-figures.ts'
import { listIncidents } from './queue/list-incidents.ts'
import { readIncident } from './queue/read-incident.ts'
import {
  assigneesSchema,
  assignmentInput,
  changeInput,
  commentInput,
  incidentFiguresSchema,
  incidentParams,
  incidentSchema,
  incidentsQuery,
  incidentsSchema,
  newIncidentInput,
} from './schema.ts'

const tags = ['Incidents']
const path = <const P extends string>(end: P) => `/v1/incidents/{id}${end}` as const
const refusals = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)
const answers = { 200: jsonAnswer('L’incident tel qu’il est devenu', incidentSchema), ...refusals }

const list = createRoute({
  method: 'get',
  path: '/v1/incidents',
  tags,
  summary: 'La file des incidents et des demandes de son périmètre',
  request: { query: incidentsQuery },
  responses: {
    200: jsonAnswer('Une page, les plus graves puis les plus anciens d’abord', incidentsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const open = createRoute({
  method: 'post',
  path: '/v1/incidents',
  tags,
  summary: 'Déposer une demande ou signaler un incident',
  request: { body: jsonBody(newIncidentInput) },
  responses: {
    201: jsonAnswer('Le numéro de l’incident', z.object({ id: z.uuid(), number: z.number().int() })),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const read = createRoute({
  method: 'get',
  path: path(''),
  tags,
  summary: 'Un incident, son histoire et ce que l’on peut y faire',
  request: { params: incidentParams },
  responses: {
    200: jsonAnswer('L’incident', incidentSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const change = createRoute({
  method: 'patch',
  path: path(''),
  tags,
  summary: 'Corriger la gravité, l’établissement, l’exigence, la machine ou le responsable',
  request: { params: incidentParams, body: jsonBody(changeInput) },
  responses: answers,
})

const acknowledge = createRoute({
  method: 'post',
  path: path('/acknowledgement'),
  tags,
  summary: 'Prendre en compte',
  request: { params: incidentParams },
  responses: answers,
})

const assign = createRoute({
  method: 'post',
  path: path('/assignment'),
  tags,
  summary: 'Confier à une personne, ou à plus personne',
  request: { params: incidentParams, body: jsonBody(assignmentInput) },
  responses: answers,
})

const comment = createRoute({
  method: 'post',
  path: path('/comments'),
  tags,
  summary: 'Commenter',
  request: { params: incidentParams, body: jsonBody(commentInput) },
  responses: answers,
})

const resolve = createRoute({
  method: 'post',
  path: path('/resolution'),
  tags,
  summary: 'Résoudre, en disant comment',
  request: { params: incidentParams, body: jsonBody(commentInput) },
  responses: answers,
})

const reopen = createRoute({
  method: 'post',
  path: path('/reopening'),
  tags,
  summary: 'Rouvrir, en disant pourquoi',
  request: { params: incidentParams, body: jsonBody(commentInput) },
  responses: answers,
})

const assignees = createRoute({
  method: 'get',
  path: path('/assignees'),
  tags,
  summary: 'À qui confier l’incident',
  request: { params: incidentParams },
  responses: {
    200: jsonAnswer('Les comptes du responsable, là où est l’incident', assigneesSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const figures = createRoute({
  method: 'get',
  path: '/v1/incident-figures',
  tags,
  summary: 'Les incidents en cours et les délais des 30 derniers jours',
  responses: {
    200: jsonAnswer('Les chiffres, avec leur numérateur et leur dénominateur', incidentFiguresSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

export const incidentsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listIncidents(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(open, async (c) => c.json(await openIncident(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(read, async (c) => c.json(await readIncident(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(change, async (c) => {
    const { id } = c.req.valid('param')
    await changeIncident(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(acknowledge, async (c) => {
    const { id } = c.req.valid('param')
    await acknowledgeIncident(c.get('ctx'), id)
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(assign, async (c) => {
    const { id } = c.req.valid('param')
    await assignIncident(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(comment, async (c) => {
    const { id } = c.req.valid('param')
    await commentIncident(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(resolve, async (c) => {
    const { id } = c.req.valid('param')
    await resolveIncident(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(reopen, async (c) => {
    const { id } = c.req.valid('param')
    await reopenIncident(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readIncident(c.get('ctx'), id), 200)
  })
  .openapi(assignees, async (c) => c.json(await listAssignees(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(figures, async (c) => c.json(await readIncidentFigures(c.get('ctx')), 200))
