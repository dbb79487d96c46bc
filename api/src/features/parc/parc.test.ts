import { deflateSync } from 'node:zlib'
import type { Actor, Grant } from '@vigie/api/access'
import { rowsOf, schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aRecorded, aWindowsInventory } from '@vigie/test/support/inventory.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveInventory } from '../inventory/receive-inventory.ts'
import { changeMachine } from './change-machine.ts'
import { listParc } from './list-parc.ts'
import { readMachine } from './read-machine.ts'
import { parcQuery } from './schema.ts'

let db: Database
let uai: string
let other: string
const clock = aClock()
const random = aRandom(7)

const as = (role: Grant['role'], code: string): Actor => ({
  kind: 'account',
  id: '00000000-0000-4000-8000-0000000000aa',
  login: 'demo',
  displayName: 'Demo',
  grants: [{ role, perimeter: { kind: 'etablissement', code } }],
})
const ctx = (actor: Actor) => contextOf(depsOn(db, { clock, random }), actor)
const head = () => ctx(as('chef_etablissement', uai))
const report = async (place: string, xml: string) => {
  const actor = { kind: 'collector', id: `agents-${place}`, uai: place, login: place } as const
  await receiveInventory(ctx(actor), () => Promise.resolve(deflateSync(xml)))
}
const query = (raw: Record<string, string> = {}) => parcQuery.parse(raw)
const heldValue = async (key: string) => {
  const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ value: schema.evidenceCurrent.value })
      .from(schema.evidenceCurrent)
      .where(sql`uai = ${uai} and key = ${key}`),
  )
  return row?.value
}

beforeAll(async () => {
  db = await aDatabase()
  uai = await anEtablissement().insert(db)
  other = await anEtablissement().insert(db)
  await report(uai, aWindowsInventory(1))
  await report(
    uai,
    aWindowsInventory(2, (xml) => xml.replace('Mini Tower', 'Laptop')),
  )
  await report(uai, aRecorded('fusioninventory.xml'))
  await report(other, aWindowsInventory(3))
})
afterAll(() => db.close())

describe('the parc of an establishment', () => {
  it('lists its machines and their kinds, not those of others', async () => {
    const parc = await listParc(head(), uai, query())
    expect(parc.rows.map(({ name }) => name)).toEqual(['POSTE-0001', 'POSTE-0002', 'poste-demo'].toSorted())
    expect(parc.kinds).toEqual([
      { kind: 'workstation', label: 'Poste fixe', count: 2 },
      { kind: 'laptop', label: 'Ordinateur portable', count: 1 },
    ])
  })

  it.each([
    ['a serial', 'fab-990-0002', 1],
    ['a model', 'poste 7090', 2],
    ['a software', 'bureautique', 2],
    ['a package of the recorded agent', 'zlib1g', 1],
    ['nothing', 'absent', 0],
    ['signs that a pattern would read', '100%', 0],
  ])('finds by %s', async (_what, q, total) => {
    expect((await listParc(head(), uai, query({ q }))).total).toBe(total)
  })

  it('filters by kind and cuts into pages', async () => {
    expect((await listParc(head(), uai, query({ kind: 'laptop' }))).rows).toHaveLength(1)
    const page = await listParc(head(), uai, query({ page: '2', pageSize: '2' }))
    expect(page).toMatchObject({ total: 3, page: 2, rows: { length: 1 } })
  })

  it('shows one machine with its hardware and software', async () => {
    const [row] = (await listParc(head(), uai, query({ q: '0001' }))).rows
    expect(await readMachine(head(), uai, row?.id ?? '')).toMatchObject({
      serial: 'FAB-990-0001',
      osSupported: true,
      osSupportEndsOn: '2027-10-12',
      diskEncrypted: true,
      software: [{ name: 'Suite bureautique', publisher: 'Éditeur & Fils', version: '25.2.4' }],
      firewallProfiles: { length: 2 },
    })
  })

  it('does not exist for whoever is outside', async () => {
    const stranger = ctx(as('chef_etablissement', other))
    const [row] = (await listParc(head(), uai, query())).rows
    await expect(listParc(stranger, uai, query())).rejects.toMatchObject({ code: 'not_found' })
    await expect(readMachine(stranger, uai, row?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
    await expect(readMachine(stranger, other, row?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
    await expect(changeMachine(stranger, uai, row?.id ?? '', { retired: true })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is closed to roles without the right', async () => {
    const [row] = (await listParc(head(), uai, query())).rows
    await expect(listParc(ctx(as('aqssi', uai)), uai, query())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      changeMachine(ctx(as('rssi', uai)), uai, row?.id ?? '', { shared: true }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('what people note of a machine', () => {
  it('counts in what the establishment proves, and stands in the journal', async () => {
    const [row] = (await listParc(head(), uai, query({ q: '0001' }))).rows
    const id = row?.id ?? ''
    clock.advance(60_000)
    const changed = await changeMachine(head(), uai, id, { usage: 'administratif', shared: true })
    expect(changed).toMatchObject({ usage: 'administratif', shared: true })
    expect(await heldValue('parc.workstation.admin_disk_count')).toBe(1)
    expect(await heldValue('parc.workstation.admin_disk_encrypted')).toBe(1)
    expect(await heldValue('parc.workstation.shared_fixed_count')).toBe(1)
    const journal = rowsOf<{ details: unknown }>(
      await db.asOwner((tx) =>
        tx.execute(
          sql`select details from journal_entry where action = 'machine.change' and subject_id = ${id}`,
        ),
      ),
    )
    expect(journal).toEqual([{ details: { usage: 'administratif', shared: true } }])
  })

  it('stays when the machine reports again', async () => {
    await report(
      uai,
      aWindowsInventory(1, (xml) => xml.replace('16384', '32768')),
    )
    const [row] = (await listParc(head(), uai, query({ q: '0001' }))).rows
    expect(row).toMatchObject({ usage: 'administratif', shared: true })
  })

  it('takes a retired machine out of the list and of the counts, and back', async () => {
    const [row] = (await listParc(head(), uai, query({ q: '0002' }))).rows
    clock.advance(60_000)
    await changeMachine(head(), uai, row?.id ?? '', { retired: true })
    expect(await heldValue('parc.machine.count')).toBe(2)
    expect((await listParc(head(), uai, query())).total).toBe(2)
    expect((await listParc(head(), uai, query({ retired: 'true' }))).total).toBe(1)
    clock.advance(60_000)
    await changeMachine(head(), uai, row?.id ?? '', { retired: false })
    expect(await heldValue('parc.machine.count')).toBe(3)
  })

  it('keeps usage apart from the rest: one change leaves the others', async () => {
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.machine).where(eq(schema.machine.uai, uai)),
    )
    const known = rows.find(({ name }) => name === 'POSTE-0001')
    clock.advance(60_000)
    expect(await changeMachine(head(), uai, known?.id ?? '', { usage: 'pedagogique' })).toMatchObject({
      usage: 'pedagogique',
      shared: true,
    })
  })
})
