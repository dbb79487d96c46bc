import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { matchesSearch } from '../support/glpi-double-rows.ts'
import { aGlpiDouble, type GlpiDouble } from '../support/glpi-double.ts'

let glpi: GlpiDouble

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}
async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const response = await fetch(`${glpi.url}/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'App-Token': glpi.appToken, ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    json: (text ? JSON.parse(text) : null) as unknown,
  }
}
const session = async () => {
  const headers = { Authorization: `user_token ${glpi.userToken}` }
  const { json } = await ask('initSession', { headers })
  return { 'Session-Token': (json as { session_token: string }).session_token }
}
const post = async (itemtype: string, input: unknown) =>
  ask(itemtype, { method: 'POST', headers: await session(), body: JSON.stringify({ input }) })
const TICKET = { name: 'Essai', content: 'Rien ne va' }

beforeEach(async () => {
  glpi = await aGlpiDouble()
})
afterEach(() => glpi.close())

describe('the double of GLPI', () => {
  it('asks for the application, then for the person', async () => {
    expect(await ask('initSession', { headers: { 'App-Token': '' } })).toMatchObject({
      status: 400,
      json: [
        'ERROR_APP_TOKEN_PARAMETERS_MISSING',
        expect.stringContaining('missing parameter app_token; view documentation') as string,
      ],
    })
    expect(await ask('initSession', { headers: { 'App-Token': 'faux' } })).toMatchObject({
      status: 400,
      json: ['ERROR_WRONG_APP_TOKEN_PARAMETER', expect.any(String) as string],
    })
    expect(await ask('initSession')).toMatchObject({
      status: 400,
      json: ['ERROR_LOGIN_PARAMETERS_MISSING', expect.any(String) as string],
    })
    const wrong = await ask('initSession', { headers: { Authorization: 'user_token faux' } })
    expect(wrong).toMatchObject({
      status: 401,
      json: ['ERROR_GLPI_LOGIN_USER_TOKEN', 'parameter user_token seems invalid'],
    })
  })

  it('does nothing without a session that lives', async () => {
    expect(await ask('Ticket')).toMatchObject({
      status: 400,
      json: ['ERROR_SESSION_TOKEN_MISSING', expect.any(String) as string],
    })
    const headers = await session()
    expect((await ask('Ticket', { headers })).status).toBe(200)
    expect(await ask('killSession', { headers })).toMatchObject({ status: 200, json: true })
    expect(await ask('Ticket', { headers })).toMatchObject({
      status: 401,
      json: ['ERROR_SESSION_TOKEN_INVALID', 'session_token seems invalid'],
    })
  })

  it('creates what it is given whole, and refuses the rest', async () => {
    const created = await post('Ticket', TICKET)
    expect(created).toMatchObject({ status: 201, json: { id: 1 } })
    expect(created.headers.get('location')).toMatch(/apirest\.php\/Ticket\/1$/)
    expect(await post('Ticket', { name: 'Sans description' })).toMatchObject({
      status: 400,
      json: ['ERROR_GLPI_ADD', expect.stringContaining('Mandatory fields') as string],
    })
    expect(await post('Ticket', 'texte')).toMatchObject({
      status: 400,
      json: ['ERROR_BAD_ARRAY', expect.any(String) as string],
    })
    expect(await post('Inconnu', TICKET)).toMatchObject({
      status: 400,
      json: ['ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM', expect.any(String) as string],
    })
    const body = await ask('Ticket', { method: 'POST', headers: await session(), body: '{' })
    expect(body).toMatchObject({
      status: 400,
      json: ['ERROR_JSON_PAYLOAD_INVALID', expect.any(String) as string],
    })
    glpi.allowCreation(false)
    expect(await post('Ticket', TICKET)).toMatchObject({
      status: 400,
      json: ['ERROR_GLPI_ADD', "You don't have permission to perform this action."],
    })
  })

  it('keeps no external identifier: 9.5 and 10 have no such column, and searching it is a fault of SQL', async () => {
    await post('Ticket', { ...TICKET, externalid: 'vigie-1' })
    const headers = await session()
    expect((await ask('Ticket/1', { headers })).json).not.toHaveProperty('externalid')
    expect((await ask('Ticket?searchText[externalid]=vigie-1', { headers })).status).toBe(500)
  })

  it('lists a range, partial or whole, searched and sorted', async () => {
    for (const name of ['Un', 'Deux', 'Trois']) await post('Ticket', { ...TICKET, name })
    const headers = await session()
    const partial = await ask('Ticket?range=0-1', { headers })
    expect(partial).toMatchObject({ status: 206, json: [{ id: 1 }, { id: 2 }] })
    expect(partial.headers.get('content-range')).toBe('0-1/3')
    expect((await ask('Ticket', { headers })).status).toBe(200)
    expect(await ask('Ticket?searchText[name]=^D&order=DESC', { headers })).toMatchObject({
      status: 200,
      json: [{ name: 'Deux' }],
    })
    expect((await ask('Ticket?searchText[name]=absent', { headers })).json).toEqual([])
    expect(await ask('Ticket?range=9-10', { headers })).toMatchObject({
      status: 400,
      json: ['ERROR_RANGE_EXCEED_TOTAL', expect.any(String) as string],
    })
    expect((await ask('Ticket?range=tout', { headers })).status).toBe(400)
    expect((await ask('Ticket?sort=inconnu', { headers })).status).toBe(400)
  })

  it('adds nothing to a closed ticket, and one solution only', async () => {
    await post('Ticket', TICKET)
    const follow = { itemtype: 'Ticket', items_id: 1, content: 'Suite' }
    expect((await post('ITILFollowup', follow)).status).toBe(201)
    expect((await post('ITILSolution', follow)).status).toBe(201)
    expect((await post('ITILSolution', follow)).status).toBe(400)
    glpi.setStatus(1, 6)
    expect((await post('ITILFollowup', follow)).status).toBe(400)
    expect((await post('ITILFollowup', { ...follow, items_id: 99 })).status).toBe(400)
  })

  it('does not find what was purged', async () => {
    await post('Ticket', TICKET)
    glpi.purge(1)
    expect(await ask('Ticket/1', { headers: await session() })).toMatchObject({
      status: 404,
      json: ['ERROR_ITEM_NOT_FOUND', 'Item not found'],
    })
  })

  it('anchors a search by ^ and $', () => {
    expect(matchesSearch('[Vigie 4] Panne', '^[vigie 4]')).toBe(true)
    expect(matchesSearch('À propos de [Vigie 4]', '^[Vigie 4]')).toBe(false)
    expect(matchesSearch('À propos de [Vigie 4]', '[Vigie 4]$')).toBe(true)
    expect(matchesSearch('[Vigie 42] Panne', '^[Vigie 4]')).toBe(false)
    expect(matchesSearch('exact', '^exact$')).toBe(true)
  })
})
