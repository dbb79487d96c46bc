import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn, reserving } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DECLARED_LIMIT } from './declare-target.ts'
import type { Target, TargetGroup, Targets } from './schema.ts'

const WORKER = { role: 'vigie_worker' } as const
const ABSENT = '00000000-0000-4000-8000-000000000000'
let db: Database
let api: Api
let uai: string
let neighbour: string
let head: Credentials
let diaser: Credentials
let prometheus: Credentials
beforeAll(async () => {
  db = await aDatabase()
  const { config } = depsOn(db)
  api = anApi(db, { config: { ...config, reservedNetworks: reserving('10.1.0.0/16', 'ac-valmont.fr') } })
  uai = await anEtablissement().college().inAcademie('98').insert(db)
  neighbour = await anEtablissement().college().inAcademie('97').inDepartement('971').insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  prometheus = await api.token('metrics:read', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

const site = (changes: object = {}) => ({
  module: 'http',
  address: 'https://www.college.exemple.fr',
  label: 'Site du collège',
  service: 'UTI-PUB',
  ...changes,
})
const declare = (place: string, json: object, as = head) =>
  api.request(`/v1/etablissements/${place}/targets`, { method: 'POST', json, as })
const declared = async (place: string, json: object, as = head) =>
  (await (await declare(place, json, as)).json()) as Target
const change = (target: string, json: object, as = head) =>
  api.request(`/v1/etablissements/${uai}/targets/${target}`, { method: 'PATCH', json, as })
const list = async (as = head) =>
  (await (await api.request(`/v1/etablissements/${uai}/targets`, { as })).json()) as Targets
const discover = async (query = '', as = prometheus) =>
  (await (await api.request(`/v1/sd/targets${query}`, { as })).json()) as TargetGroup[]
const faults = async (response: Response) =>
  ((await response.json()) as { errors: { pointer: string; detail: string }[] }).errors

describe('declaring a target', () => {
  it('gives it to Prometheus, with its labels, and names it in the journal', async () => {
    const target = await declared(uai, site())
    expect(target).toMatchObject({
      module: 'http',
      address: 'https://www.college.exemple.fr/',
      service: 'UTI-PUB',
      origin: 'declared',
      machine: null,
      enabled: true,
    })
    expect(await discover('?module=http')).toEqual([
      {
        targets: ['https://www.college.exemple.fr/'],
        labels: { uai, academie: '98', departement: '991', module: 'http', service: 'UTI-PUB' },
      },
    ])
    const entries = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, target.id)),
    )
    expect(entries).toMatchObject([{ action: 'target.declare', uai }])
  })

  it('refuses the same address twice, and says under which name it is watched', async () => {
    const response = await declare(uai, site({ address: 'HTTPS://WWW.college.exemple.fr/', label: 'Autre' }))
    expect(response.status).toBe(409)
    expect(await response.text()).toContain('« Site du collège »')
  })

  it.each([
    [site({ address: 'www.college.exemple.fr' }), '/address', 'adresse complète'],
    [site({ address: 'https://a:b@www.college.exemple.fr/' }), '/address', 'Retirez le compte'],
    [site({ module: 'tcp', address: '10.0.0.1' }), '/address', 'Ajoutez le port'],
    [site({ module: 'ftp' }), '/module', 'attendu node'],
    [site({ service: 'WEB' }), '/service', 'service de CARINE'],
    [site({ label: '' }), '/label', 'deux lettres'],
    [site({ address: 'https://autre.exemple.fr', machineId: ABSENT }), '/machineId', 'pas dans le parc'],
  ])('refuses what it cannot watch: %o', async (json, pointer, detail) => {
    const response = await declare(uai, json)
    expect(response.status).toBe(422)
    expect(await faults(response)).toEqual([{ pointer, detail: expect.stringContaining(detail) as string }])
  })

  it.each([
    ['icmp', '127.0.0.1'],
    ['http', 'http://localhost:9090/'],
    ['http', 'http://2130706433/'],
    ['tcp', 'prometheus:9090'],
    ['tcp', '10.1.2.3:22'],
    ['node', 'srv.ac-valmont.fr'],
  ])('does not let a head of school make the académie look at itself: %s %s', async (module, address) => {
    const response = await declare(uai, site({ module, address }))
    expect(response.status).toBe(422)
    expect(await faults(response)).toMatchObject([
      { pointer: '/address', detail: expect.stringContaining('réservée à l’académie') as string },
    ])
  })

  it('lets the académie’s own staff do it, in their own académie', async () => {
    expect((await declare(uai, site({ module: 'icmp', address: '10.1.2.3' }), diaser)).status).toBe(201)
    const elsewhere = await api.signIn('diaser', { kind: 'academie', code: '97' })
    expect((await declare(uai, site({ module: 'icmp', address: '10.1.2.4' }), elsewhere)).status).toBe(404)
  })

  it.each(['169.254.169.254', '224.0.0.1', 'fe80::1', '::ffff:10.0.0.1', 'metadata.google.internal'])(
    'lets nobody watch %s',
    async (address) => {
      const response = await declare(uai, site({ module: 'icmp', address }), diaser)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('aucune machine d’établissement')
    },
  )

  it('is refused to who only reads', async () => {
    const aqssi = await api.signIn('aqssi', { kind: 'academie', code: '98' })
    expect((await declare(uai, site({ address: 'https://lu.exemple.fr/' }), aqssi)).status).toBe(403)
    expect(await list(aqssi)).toMatchObject({ canWrite: false })
  })

  it('stops at a number that one establishment can need', async () => {
    const full = await anEtablissement().college().inAcademie('98').insert(db)
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.supervisionTarget).values(
        Array.from({ length: DECLARED_LIMIT }, (_, n) => ({
          id: api.deps.random.uuid(),
          uai: full,
          module: 'icmp' as const,
          address: `10.9.0.${n}`,
          label: `Machine ${n}`,
          origin: 'declared' as const,
          createdAt: api.deps.clock.now(),
          disabledAt: api.deps.clock.now(),
        })),
      ),
    )
    const response = await declare(full, site(), diaser)
    expect(response.status).toBe(409)
    expect(await response.text()).toContain(`${DECLARED_LIMIT} cibles`)
  })
})

describe('a target', () => {
  it('put aside leaves discovery and comes back', async () => {
    const target = await declared(uai, site({ module: 'dns', address: '10.5.0.2', service: null }))
    expect(await (await change(target.id, { enabled: false })).json()).toMatchObject({ enabled: false })
    expect(await discover('?module=dns')).toEqual([])
    await change(target.id, { enabled: true, service: 'INF-ANN', label: 'Résolveur' })
    expect(await discover('?module=dns')).toMatchObject([
      { targets: ['10.5.0.2:53'], labels: { service: 'INF-ANN' } },
    ])
    expect((await list()).rows.find(({ id }) => id === target.id)).toMatchObject({
      label: 'Résolveur',
      serviceName: expect.any(String) as string,
    })
  })

  it('is deleted when it was declared', async () => {
    const { id } = await declared(uai, site({ module: 'snmp', address: '10.5.0.9' }))
    const path = `/v1/etablissements/${uai}/targets/${id}`
    expect((await api.request(path, { method: 'DELETE', as: head })).status).toBe(204)
    expect((await api.request(path, { method: 'DELETE', as: head })).status).toBe(404)
    expect(await discover('?module=snmp')).toEqual([])
  })

  it('is refused an empty change, and is not found in another establishment', async () => {
    const [{ id } = { id: ABSENT }] = (await list()).rows
    expect((await change(id, {})).status).toBe(422)
    const elsewhere = await api.request(`/v1/etablissements/${neighbour}/targets/${id}`, {
      method: 'PATCH',
      json: { enabled: false },
      as: head,
    })
    expect(elsewhere.status).toBe(404)
  })
})

describe('service discovery', () => {
  it('answers 200, exactly application/json, an empty list when there is nothing', async () => {
    const token = await api.token('metrics:read', { kind: 'academie', code: '97' })
    const response = await api.request('/v1/sd/targets', { as: token })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe('[]')
  })

  it('is narrowed by the perimeter of the token, and asked of nobody else', async () => {
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '97' })
    await declare(neighbour, site({ address: 'https://voisin.exemple.fr/' }), rssi)
    const told = JSON.stringify(await discover())
    expect(told).toContain(uai)
    expect(told).not.toContain(neighbour)
    for (const as of [head, diaser, await api.token('conformity:read', { kind: 'academie', code: '98' })]) {
      expect((await api.request('/v1/sd/targets', { as })).status).toBe(403)
    }
    expect((await api.request('/v1/sd/targets')).status).toBe(401)
    expect((await api.request('/v1/sd/targets?module=ftp', { as: prometheus })).status).toBe(422)
  })

  it('tells everything in a stable order, each UAI in one place, nothing that a person typed as a name', async () => {
    const groups = await discover()
    expect(groups).toEqual(await discover())
    const keys = groups.map(({ targets, labels }) => `${labels['uai']} ${labels['module']} ${targets[0]}`)
    expect(keys).toEqual(keys.toSorted())
    expect(groups.every(({ targets, labels }) => !targets.join().includes(labels['uai'] ?? ''))).toBe(true)
    expect(JSON.stringify(groups)).not.toContain('Site du collège')
  })

  it('leaves out an establishment that closed', async () => {
    const closing = await anEtablissement().inAcademie('98').insert(db)
    await declare(closing, site({ address: 'https://ferme.exemple.fr/' }), diaser)
    expect(JSON.stringify(await discover())).toContain(closing)
    await db.transact(WORKER, (tx) =>
      tx.update(schema.etablissement).set({ state: 'ferme' }).where(eq(schema.etablissement.uai, closing)),
    )
    expect(JSON.stringify(await discover())).not.toContain(closing)
  })
})
