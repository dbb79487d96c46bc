import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { aKey, as } from '@vigie/test/support/key.ts'
import { desc, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { authorise } from '../../access/index.ts'
import { write } from '../../journal/write.ts'
import { transition } from '../keys/transition.ts'
import { callBackShipment } from './call-back-shipment.ts'
import { listShipments } from './list-shipments.ts'
import { readShipment } from './read-shipment.ts'
import { readStock } from './read-stock.ts'
import { receiveShipment } from './receive-shipment.ts'
import { sendShipment } from './send-shipment.ts'
import { setThreshold } from './set-threshold.ts'

const WORKER = { role: 'vigie_worker' } as const

const open: Database[] = []
let db: Database
let deps: Deps
let diaser: Context
let osp: Context
let neighbour: Context
beforeEach(async () => {
  db = await aDatabase()
  open.push(db)
  deps = depsOn(db, { clock: aClock('2026-11-16T09:00:00Z'), random: aRandom(21) })
  diaser = as(deps, 'diaser', 'academie', '98')
  osp = as(deps, 'osp', 'departement', '991')
  neighbour = as(deps, 'osp', 'departement', '992')
})
afterAll(() => Promise.all(open.map((each) => each.close())))

const inAcademie = (over: Parameters<typeof aKey>[1] = {}) => aKey(deps, { departement: null, ...over })
const stateOf = async (state: string, ...ids: string[]) =>
  db.transact(WORKER, (tx) =>
    tx
      .update(schema.otpKey)
      .set({ state: state as 'stock' })
      .where(inArray(schema.otpKey.id, ids)),
  )
const departementOf = async (context: Context, code: string) => {
  const found = (await readStock(context, {})).departements.find((row) => row.code === code)
  return found!
}

describe('sendShipment', () => {
  it('sends those whose end of life is nearest first, with their numbered summary slip', async () => {
    const late = await inAcademie({ expiresOn: '2030-06-01' })
    const soon = await inAcademie({ expiresOn: '2027-06-01' })
    const unknown = await inAcademie({ expiresOn: null })
    const ended = await inAcademie({ expiresOn: '2026-11-15' })
    const sent = await sendShipment(diaser, { departement: '991', count: 2, comment: 'Rentrée' })
    expect(sent).toMatchObject({
      ...{
        departement: '991',
        departementName: 'Haute-Brume',
        keys: 2,
        receivedAt: null,
        comment: 'Rentrée',
      },
      items: [{ serial: soon.serial }, { serial: late.serial }].toSorted((a, b) =>
        a.serial < b.serial ? -1 : 1,
      ),
    })
    expect(sent.number).toMatch(/^EX-991-2026-\d{5}$/)
    const [slip] = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.bordereau).where(eq(schema.bordereau.id, sent.bordereauId!)),
    )
    expect(slip?.keyIds.toSorted()).toEqual([soon.id, late.id].toSorted())
    await expect(sendShipment(diaser, { departement: '991', count: 2 })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('compte 1 clés') as string,
    })
    await sendShipment(diaser, { departement: '992', serials: [unknown.serial] })
    await expect(sendShipment(diaser, { departement: '992', serials: [ended.serial] })).rejects.toMatchObject(
      { errors: [{ detail: expect.stringContaining('fin de vie') as string }] },
    )
  })

  it('names each serial that cannot leave, and sends none of them', async () => {
    const [free, gone, lost] = [await inAcademie(), await aKey(deps), await inAcademie()]
    await stateOf('lost', lost.id)
    const serials = [free.serial, gone.serial, lost.serial, 'INCONNUE-1']
    await expect(sendShipment(diaser, { departement: '992', serials })).rejects.toMatchObject({
      code: 'invalid_input',
      errors: [
        { pointer: '/serials/1', detail: expect.stringContaining('991') as string },
        { pointer: '/serials/2', detail: expect.stringContaining('Perdue') as string },
        { pointer: '/serials/3', detail: expect.stringContaining('inconnue') as string },
      ],
    })
    expect(await listShipments(diaser, {})).toEqual([])
    expect((await readStock(diaser, {})).unassigned).toMatchObject({ available: 1, inTransit: 0 })
  })

  it('is the stock keeper’s alone, to the départements of that académie', async () => {
    await inAcademie()
    await expect(sendShipment(osp, { departement: '991', count: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (const departement of ['034', '999', '¤'])
      await expect(sendShipment(diaser, { departement, count: 1 })).rejects.toMatchObject({
        code: 'not_found',
      })
  })

  it('gives two shipments at once different keys', async () => {
    for (let index = 0; index < 6; index += 1) await inAcademie()
    const sent = await Promise.all(
      ['991', '992'].map((departement) => sendShipment(diaser, { departement, count: 3 })),
    )
    const serials = sent.flatMap(({ items }) => items.map(({ serial }) => serial))
    expect(new Set(serials).size).toBe(6)
  })
})

describe('receiveShipment', () => {
  it('makes the keys available to their département, once, and tells it in their history', async () => {
    const key = await inAcademie()
    const sent = await sendShipment(diaser, { departement: '991', count: 1 })
    expect(await departementOf(osp, '991')).toMatchObject({ available: 0, inTransit: 1, total: 1 })
    expect(await receiveShipment(osp, sent.id)).toMatchObject({ receivedAt: '2026-11-16T09:00:00.000Z' })
    expect(await departementOf(osp, '991')).toMatchObject({ available: 1, inTransit: 0, total: 1 })
    await expect(receiveShipment(osp, sent.id)).rejects.toMatchObject({ code: 'conflict' })
    const history = await db.transact(WORKER, (tx) =>
      tx
        .select()
        .from(schema.keyTransition)
        .where(eq(schema.keyTransition.keyId, key.id))
        .orderBy(schema.keyTransition.transition),
    )
    expect(history.map(({ transition, fromState, toState }) => [transition, fromState, toState])).toEqual([
      ['receive', 'stock', 'stock'],
      ['ship', 'stock', 'stock'],
    ])
    const journal = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).orderBy(desc(schema.journalEntry.id)),
    )
    expect(journal.map(({ action }) => action)).toEqual([
      'shipment.received',
      'shipment.sent',
      'bordereau.created',
    ])
  })

  it('leaves out of the stock a key that was missing from the parcel and scrapped', async () => {
    const [arrived, missing] = [await inAcademie(), await inAcademie()]
    const sent = await sendShipment(diaser, { departement: '991', count: 2 })
    await write(osp, authorise(osp.actor, 'key:manage'), (tx) =>
      transition(tx, osp, missing, 'scrap', { reason: 'Manquante au colis.' }),
    )
    await receiveShipment(osp, sent.id)
    expect(await departementOf(osp, '991')).toMatchObject({ total: 2, available: 1, inTransit: 0 })
    const told = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.keyTransition).where(eq(schema.keyTransition.transition, 'receive')),
    )
    expect(told.map(({ keyId }) => keyId)).toEqual([arrived.id])
  })

  it('does not let the OSP of another département see or receive it', async () => {
    await inAcademie()
    const { id } = await sendShipment(diaser, { departement: '991', count: 1 })
    expect(await listShipments(neighbour, {})).toEqual([])
    await expect(readShipment(neighbour, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(receiveShipment(neighbour, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await listShipments(osp, { pending: 'true' })).toMatchObject([{ id, keys: 1, receivedAt: null }])
    expect(await listShipments(diaser, { departement: '992' })).toEqual([])
  })
})

describe('callBackShipment', () => {
  it('brings the keys of an unreceived shipment back to the académie, and keeps its trace', async () => {
    const key = await inAcademie()
    const sent = await sendShipment(diaser, { departement: '992', count: 1 })
    await expect(callBackShipment(osp, sent.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(callBackShipment(as(deps, 'diaser', 'academie', '11'), sent.id)).rejects.toMatchObject({
      code: 'not_found',
    })
    await callBackShipment(diaser, sent.id)
    expect(await listShipments(diaser, {})).toEqual([])
    expect((await readStock(diaser, {})).unassigned).toMatchObject({ available: 1, inTransit: 0 })
    const again = await sendShipment(diaser, { departement: '991', serials: [key.serial] })
    expect(again.number).toMatch(/^EX-991-/)
    const journal = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, sent.id)),
    )
    expect(journal.map(({ action }) => action)).toEqual(['shipment.sent', 'shipment.called_back'])
  })

  it('is too late once it was received, or once one of its keys was used', async () => {
    const key = await inAcademie()
    const sent = await sendShipment(diaser, { departement: '991', count: 1 })
    await stateOf('initialised', key.id)
    await expect(callBackShipment(diaser, sent.id)).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining(key.serial) as string,
    })
    await stateOf('stock', key.id)
    await receiveShipment(osp, sent.id)
    await expect(callBackShipment(diaser, sent.id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('readStock', () => {
  it('counts by département and state, and what is in the académie’s own stock', async () => {
    const [, active] = [await aKey(deps), await aKey(deps)]
    await stateOf('active', active.id)
    await aKey(deps, { departement: '992' })
    await inAcademie()
    await aKey(deps, { academie: '11', departement: '034' })
    const stock = await readStock(diaser, {})
    expect(stock).toMatchObject({
      academie: { code: '98', name: 'Académie de Valmont' },
      unitPriceCents: 817,
    })
    expect(stock.departements.map(({ code, total, available }) => [code, total, available])).toEqual([
      ['991', 2, 1],
      ['992', 1, 1],
      ['993', 0, 0],
      ['994', 0, 0],
    ])
    expect(stock.departements[0]!.counts).toContainEqual({ state: 'active', label: 'Active', count: 1 })
    expect(stock).toMatchObject({ valueCents: 3 * 817, spentCents: 4 * 817, unassigned: { total: 1 } })
  })

  it('shows an OSP its own département and nothing else', async () => {
    await aKey(deps)
    await aKey(deps, { departement: '992' })
    await inAcademie()
    const stock = await readStock(osp, {})
    expect(stock.departements.map(({ code, total }) => [code, total])).toEqual([['991', 1]])
    expect(stock).toMatchObject({ unassigned: null, spentCents: 817 })
    await expect(readStock(osp, { academie: '11' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('alerts when fewer keys are available than the département’s threshold', async () => {
    await aKey(deps)
    await aKey(deps, { expiresOn: '2026-01-01' })
    await setThreshold(diaser, { departement: '991' }, { minimum: 1 })
    expect(await departementOf(osp, '991')).toMatchObject({ minimum: 1, available: 1, alert: false })
    await setThreshold(diaser, { departement: '991' }, { minimum: 2 })
    expect(await departementOf(osp, '991')).toMatchObject({ minimum: 2, alert: true, ended: 1 })
    await setThreshold(diaser, { departement: '991' }, { minimum: 0 })
    expect(await departementOf(osp, '991')).toMatchObject({ minimum: null, alert: false })
    await expect(setThreshold(osp, { departement: '991' }, { minimum: 2 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(setThreshold(diaser, { departement: '034' }, { minimum: 2 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('tells which keys end within 3 and 12 months, and what to replace each year', async () => {
    await aKey(deps, { expiresOn: '2026-12-31' })
    await aKey(deps, { expiresOn: '2027-02-16' })
    await aKey(deps, { expiresOn: '2027-11-16' })
    await aKey(deps, { expiresOn: '2027-11-17' })
    await aKey(deps, { expiresOn: '2025-05-05' })
    const lost = await aKey(deps, { expiresOn: '2027-01-01' })
    await stateOf('lost', lost.id)
    const stock = await readStock(diaser, {})
    expect(stock.departements[0]).toMatchObject({ expiring: { months3: 2, months12: 3 }, ended: 1 })
    expect(stock.overdue).toEqual({ toReplace: 1, costCents: 817 })
    expect(stock.forecast.slice(0, 3)).toEqual([
      { year: 2026, toReplace: 1, costCents: 817 },
      { year: 2027, toReplace: 3, costCents: 3 * 817 },
      { year: 2028, toReplace: 0, costCents: 0 },
    ])
    expect(stock.forecast).toHaveLength(6)
  })
})
