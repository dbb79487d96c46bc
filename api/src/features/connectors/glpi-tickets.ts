import { z } from 'zod'
import type { ConnectorOptions } from './connector-options.ts'
import { GlpiRefusal, type GlpiApi } from './glpi-api.ts'
import { followUpContent, followUpMark, incidentMark, ticketInput, ticketMark } from './glpi-text.ts'
import { OutgoingError } from './outgoing-request.ts'
import type { IncidentPayload } from './webhook-payload.ts'

/** Statuses of a ticket, as GLPI numbers and words them. */
export const TICKET_STATUSES: Readonly<Record<number, string>> = {
  1: 'Nouveau',
  2: 'En cours (attribué)',
  3: 'En cours (planifié)',
  4: 'En attente',
  5: 'Résolu',
  6: 'Clos',
}
export const SOLVED = 5
export const CLOSED = 6
const NEW = 1

const ticketSchema = z.object({ id: z.coerce.number().int(), status: z.coerce.number().int() })
const listed = z.array(z.object({ id: z.coerce.number().int(), content: z.string().nullish() }))
const created = z.object({ id: z.coerce.number().int().positive() })

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new OutgoingError('GLPI a donné une réponse que Vigie ne reconnaît pas.', false)
}

/**
 * The ticket that already exists for an incident, whatever became of an earlier attempt. GLPI 9.5 and 10 keep no external
 * identifier: the ticket is found by the beginning of its name (`^` anchors a search), then told apart by its content.
 */
export async function findTicket(api: GlpiApi, { incident }: IncidentPayload): Promise<number | null> {
  const found = read(
    listed,
    await api.get('Ticket', {
      'searchText[name]': `^${ticketMark(incident.number)}`,
      range: '0-49',
      sort: 'id',
      order: 'ASC',
    }),
  )
  return found.find(({ content }) => content?.includes(incidentMark(incident.id)))?.id ?? null
}

/** Out: the number that GLPI gave the ticket. */
export async function createTicket(
  api: GlpiApi,
  payload: IncidentPayload,
  options: ConnectorOptions,
): Promise<number> {
  return read(created, await api.post('Ticket', ticketInput(payload, options))).id
}

/** Out: the status of a ticket; null when it is gone, or no longer visible. */
export async function readTicketStatus(api: GlpiApi, ticketId: number): Promise<number | null> {
  try {
    return read(ticketSchema, await api.get(`Ticket/${ticketId}`)).status
  } catch (error) {
    if (error instanceof GlpiRefusal && error.code === 'ERROR_ITEM_NOT_FOUND') return null
    throw error
  }
}

async function hasFollowUp(api: GlpiApi, ticketId: number, payload: IncidentPayload): Promise<boolean> {
  const answer = await api.get(`Ticket/${ticketId}/ITILFollowup`, {
    range: '0-99',
    sort: 'id',
    order: 'DESC',
  })
  return read(listed, answer).some(({ content }) => content?.includes(followUpMark(payload)))
}

async function addFollowUp(
  api: GlpiApi,
  ticketId: number,
  payload: IncidentPayload,
  again: boolean,
): Promise<void> {
  if (again && (await hasFollowUp(api, ticketId, payload))) return
  const content = followUpContent(payload)
  await api.post('ITILFollowup', { itemtype: 'Ticket', items_id: ticketId, content })
}

/**
 * Tells a ticket what became of its incident. In: whether an earlier attempt may have reached GLPI. Out: a remark worth
 * showing, or null. A closed ticket takes no follow-up; GLPI keeps it so.
 */
export async function tellTicket(
  api: GlpiApi,
  ticketId: number,
  payload: IncidentPayload,
  { solveTicket, again }: { readonly solveTicket: boolean; readonly again: boolean },
): Promise<string | null> {
  const status = await readTicketStatus(api, ticketId)
  if (status === null) return `Le ticket ${ticketId} n’existe plus dans GLPI : rien n’y a été ajouté.`
  const reopens = payload.event === 'incident.reopened' && status >= SOLVED
  if (reopens) await api.put(`Ticket/${ticketId}`, { id: ticketId, status: NEW })
  else if (status >= CLOSED) return `Le ticket ${ticketId} est clos dans GLPI : rien n’y a été ajouté.`
  if (payload.event === 'incident.resolved' && solveTicket && status < SOLVED) {
    const content = followUpContent(payload)
    await api.post('ITILSolution', { itemtype: 'Ticket', items_id: ticketId, content })
    return null
  }
  if (payload.event === 'incident.resolved' && solveTicket && again) return null
  await addFollowUp(api, ticketId, payload, again)
  return null
}
