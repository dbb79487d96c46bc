import { deflateSync } from 'node:zlib'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aWindowsInventory } from '@vigie/test/support/inventory.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveInventory } from '../inventory/receive-inventory.ts'
import { learnTargets } from './learn-targets.ts'
import type { Target, TargetGroup, Targets } from './schema.ts'

const NOTHING = { added: 0, moved: 0, removed: 0, renamed: 0 }
const ADDRESS = '10.98.4.17'
let db: Database
let api: Api
let uai: string
let head: Credentials
let prometheus: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  uai = await anEtablissement().college().inAcademie('98').insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
  prometheus = await api.token('metrics:read', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

const aServer = (number: number, address: string) =>
  aWindowsInventory(number, (xml) =>
    xml
      .replace(/<CHASSIS_TYPE>[^<]*</, '<CHASSIS_TYPE>Rack Mount Chassis<')
      .replace(/<IPADDRESS>[^<]*</, `<IPADDRESS>${address}<`),
  )
const report = (xml: string) => {
  const actor = { kind: 'collector', id: 'agents', uai, login: 'agents' } as const
  return receiveInventory(contextOf(api.deps, actor), () => Promise.resolve(deflateSync(xml)))
}
const learn = () => learnTargets(contextOf(api.deps))
const rows = async () =>
  ((await (await api.request(`/v1/etablissements/${uai}/targets`, { as: head })).json()) as Targets).rows
const only = async (): Promise<Target> => {
  const [row, ...others] = await rows()
  if (!row || others.length > 0) throw new Error('one target was expected')
  return row
}
const discovered = async () =>
  ((await (await api.request('/v1/sd/targets', { as: prometheus })).json()) as TargetGroup[]).flatMap(
    ({ targets }) => targets,
  )
const change = (id: string, json: object) =>
  api.request(`/v1/etablissements/${uai}/targets/${id}`, { method: 'PATCH', json, as: head })
const retire = (machineId: string, retired: boolean) =>
  api.request(`/v1/etablissements/${uai}/parc/${machineId}`, { method: 'PATCH', json: { retired }, as: head })

describe('a parc', () => {
  it('teaches its servers, by the address that their agent reports, and no workstation', async () => {
    await report(aServer(1, ADDRESS))
    await report(aWindowsInventory(2))
    expect(await learn()).toEqual({ ...NOTHING, added: 1 })
    expect(await only()).toMatchObject({
      module: 'icmp',
      address: ADDRESS,
      label: 'POSTE-0001',
      origin: 'learnt',
      originLabel: 'Apprise du parc',
      machine: { name: 'POSTE-0001' },
      service: null,
    })
    expect(await discovered()).toEqual([ADDRESS])
  })

  it('teaches nothing new when asked again, and writes nothing', async () => {
    const entries = () => db.asOwner((tx) => tx.select().from(schema.journalEntry))
    const before = (await entries()).length
    expect(await learn()).toEqual(NOTHING)
    expect(await entries()).toHaveLength(before)
  })

  it('keeps a learnt target aside once a person put it aside, wherever its machine goes', async () => {
    const { id } = await only()
    await change(id, { enabled: false, service: 'MCO-SVG' })
    expect(await discovered()).toEqual([])
    await report(aServer(1, '10.98.4.18'))
    expect(await learn()).toEqual({ ...NOTHING, moved: 1 })
    expect(await only()).toMatchObject({ id, address: '10.98.4.18', enabled: false, service: 'MCO-SVG' })
    await change(id, { enabled: true })
    expect(await discovered()).toEqual(['10.98.4.18'])
  })

  it('refuses to delete a learnt target or to rename it, and says what to do', async () => {
    const { id } = await only()
    const deleted = await api.request(`/v1/etablissements/${uai}/targets/${id}`, {
      method: 'DELETE',
      as: head,
    })
    expect(deleted.status).toBe(409)
    expect(await deleted.text()).toContain('mettez-la de côté')
    expect((await change(id, { label: 'Autre nom' })).status).toBe(409)
  })

  it('takes a retired machine out of discovery at once, then its target', async () => {
    const { machine } = await only()
    await retire(machine?.id ?? '', true)
    expect(await discovered()).toEqual([])
    expect(await learn()).toEqual({ ...NOTHING, removed: 1 })
    expect(await rows()).toEqual([])
    await retire(machine?.id ?? '', false)
    expect(await learn()).toEqual({ ...NOTHING, added: 1 })
  })

  it('teaches nothing of an establishment that closed', async () => {
    const state = (value: 'ouvert' | 'ferme') =>
      db.transact({ role: 'vigie_worker' }, (tx) =>
        tx.update(schema.etablissement).set({ state: value }).where(eq(schema.etablissement.uai, uai)),
      )
    await state('ferme')
    expect(await learn()).toEqual({ ...NOTHING, removed: 1 })
    await state('ouvert')
    expect(await learn()).toEqual({ ...NOTHING, added: 1 })
  })
})
