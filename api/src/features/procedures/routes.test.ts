import type { Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Procedure } from './schema.ts'

let db: Database
let api: Api
let here: Circonscription
let ien: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  here = await aCirconscription(api.deps)
  ien = await api.signIn('ien', { kind: 'circonscription', code: here.circonscription })
})
afterAll(() => db.close())

const send = (method: string, path: string, json: unknown) => api.request(path, { method, as: ien, json })

describe('cases over HTTP', () => {
  it('are opened, refused a step that is done elsewhere, and cancelled with a reason', async () => {
    const holderId = await here.holder()
    await here.handOver(holderId)
    const opened = await send('POST', '/v1/procedures', { kind: 'departure', holderId })
    expect(opened.status).toBe(201)
    const { id, next, mayCancel } = (await opened.json()) as Procedure
    expect({ step: next?.step, whoLabel: next?.whoLabel, mayCancel }).toEqual({
      step: 'key_returned',
      whoLabel: 'IEN de la circonscription',
      mayCancel: true,
    })
    const step = await send('POST', `/v1/procedures/${id}/steps`, { step: 'key_returned' })
    expect(step.status).toBe(409)
    expect(((await step.json()) as { detail: string }).detail).toContain('bordereau de restitution')
    expect((await send('POST', '/v1/procedures', { kind: 'departure', holderId })).status).toBe(409)
    expect((await send('DELETE', `/v1/procedures/${id}`, {})).status).toBe(422)
    const cancelled = await send('DELETE', `/v1/procedures/${id}`, { reason: 'Mutation annulée' })
    expect(await cancelled.json()).toMatchObject({ outcome: 'cancelled', outcomeLabel: 'Annulé' })
    const list = await api.request('/v1/procedures?open=false&kind=departure', { as: ien })
    expect(await list.json()).toMatchObject({ total: 1, open: 0, rows: [{ id, outcome: 'cancelled' }] })
  })
})
