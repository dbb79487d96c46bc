import { schema, type Database } from '@vigie/db'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../context.ts'
import { convokeGuests } from './convoke-guests.ts'
import { createSession } from './create-session.ts'
import { inviteGuests, uninviteGuest } from './invite-guests.ts'
import { openProcedure } from './open-procedure.ts'
import { readProcedure } from './read-procedure.ts'
import { listSessions, readSession } from './read-session.ts'

let db: Database
let deps: Deps
let here: Circonscription
let elsewhere: Circonscription
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, { clock: aClock('2027-06-10T09:00:00Z') })
  here = await aCirconscription(deps)
  elsewhere = await aCirconscription(deps, '992')
})
afterAll(() => db.close())

const mails = () => db.transact({ role: 'vigie_worker' }, (tx) => tx.select().from(schema.mailMessage))
const aSession = () =>
  createSession(here.diaser, { heldOn: '2027-08-20', startsAt: '09:30', place: 'Rectorat' })

describe('hand-over session of August', () => {
  it('convokes first appointments by mail or on paper, once, and ends in active keys', async () => {
    const written = await here.holder({ mail: 'nouvelle.direction@ecole.example' })
    const paper = await here.holder()
    const ids: string[] = []
    for (const holderId of [written, paper])
      ids.push((await openProcedure(here.ien, { kind: 'first_appointment', holderId })).id)
    expect(await readProcedure(here.ien, ids[0]!)).toMatchObject({
      dueOn: '2027-08-20',
      next: { step: 'convoked', who: 'manager' },
    })
    const { id } = await aSession()
    expect((await readSession(here.diaser, id)).waiting).toBe(2)
    await expect(readSession(here.ien, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await inviteGuests(here.diaser, id, { all: true })).toEqual({ added: 2 })
    expect(await inviteGuests(here.diaser, id, { procedureIds: ids })).toEqual({ added: 0 })
    expect(await convokeGuests(here.diaser, id)).toEqual({ mailed: 1, toPrint: 1 })
    expect(await convokeGuests(here.diaser, id)).toEqual({ mailed: 0, toPrint: 0 })
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ recipients: ['nouvelle.direction@ecole.example'] })
    expect(mail?.body).toContain('vendredi 20 août 2027 à 09 h 30')
    expect((await readProcedure(here.ien, ids[0]!)).next?.step).toBe('key_prepared')

    const key = await here.prepare(written)
    const list = await readSession(here.ien, id)
    expect(list).toMatchObject({ guests: 2, convoked: 2, handedOver: 0 })
    expect(list.list.map(({ serial }) => serial)).toContain(key.serial)
    await here.handOver(written, key)
    expect(await readSession(here.ien, id)).toMatchObject({ handedOver: 1 })
    expect(await readProcedure(here.ien, ids[0]!)).toMatchObject({ outcome: 'done' })
  })

  it('shows an inspector only their own guests, and lets only the académie change it', async () => {
    const ours = await here.holder()
    const theirs = await elsewhere.holder()
    const first = await openProcedure(here.ien, { kind: 'first_appointment', holderId: ours })
    const second = await openProcedure(elsewhere.ien, { kind: 'first_appointment', holderId: theirs })
    const { id } = await aSession()
    await inviteGuests(here.diaser, id, { procedureIds: [first.id, second.id] })
    expect((await readSession(here.diaser, id)).guests).toBe(2)
    expect((await readSession(here.ien, id)).list.map(({ holder }) => holder.id)).toEqual([ours])
    expect((await listSessions(elsewhere.ien)).rows.find((row) => row.id === id)?.guests).toBe(1)
    await expect(createSession(here.ien, { heldOn: '2027-08-20', place: 'Ici' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(convokeGuests(here.osp, id)).rejects.toMatchObject({ code: 'forbidden' })
    await uninviteGuest(here.diaser, id, theirs)
    await expect(uninviteGuest(here.diaser, id, theirs)).rejects.toMatchObject({ code: 'not_found' })
    expect((await readSession(here.diaser, id)).guests).toBe(1)
  })

  it('refuses a day that is past, and a case that is no open first appointment', async () => {
    await expect(
      createSession(here.diaser, { heldOn: '2027-06-09', place: 'Rectorat' }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const { id } = await aSession()
    await expect(inviteGuests(here.diaser, id, { procedureIds: [deps.random.uuid()] })).rejects.toMatchObject(
      { code: 'not_found' },
    )
  })
})
