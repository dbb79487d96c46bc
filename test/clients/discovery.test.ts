import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { prometheusSection } from '@vigie/api/features/collection/sources/prometheus.ts'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import type { Supervision } from '@vigie/api/features/service-state/schema.ts'
import { startServer, type RunningServer } from '@vigie/api/server'
import type { Context } from '@vigie/api/context'
import { schema, type Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aDnsServer, type DnsServer } from './dns-server.ts'
import { aSupervisionStack, type SupervisionStack } from './supervision-stack.ts'

const WORKER = { role: 'vigie_worker' } as const
const OURS = { kind: 'academie', code: '98' } as const
const DEPLOY = resolve(import.meta.dirname, '../../deploy/prometheus')
const run = promisify(execFile)

/** The delivered rules, recorded every other second. */
async function quickRules(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-rules-'))
  for (const file of await readdir(join(DEPLOY, 'rules'))) {
    const text = await readFile(join(DEPLOY, 'rules', file), 'utf8')
    await writeFile(join(directory, file), text.replaceAll(/interval: \d+[sm]$/gm, 'interval: 2s'))
  }
  return directory
}

const closedPort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })

describe('a real Prometheus that discovers its targets in Vigie', { timeout: 180_000 }, () => {
  let db: Database
  let api: Api
  let ctx: Context
  let server: RunningServer
  let stack: SupervisionStack
  let dns: DnsServer
  let rules: string
  let diaser: Credentials
  let uai: string
  let foreign: string

  const declare = async (place: string, as: Credentials, json: object) => {
    const response = await api.request(`/v1/etablissements/${place}/targets`, { method: 'POST', json, as })
    expect(response.status, JSON.stringify(json)).toBe(201)
    return ((await response.json()) as { id: string }).id
  }
  const seriesOf = async (expression: string) => (await stack.query(expression))[0]

  beforeAll(async () => {
    db = await aDatabase()
    api = anApi(db, { clock: { now: () => new Date() } })
    ctx = contextOf(api.deps)
    uai = await anEtablissement().college().inAcademie('98').insert(db)
    foreign = await anEtablissement().college().inAcademie('97').inDepartement('971').insert(db)
    diaser = await api.signIn('diaser', OURS)
    server = await startServer(api.deps, { port: 0, host: '127.0.0.1' })
    dns = await aDnsServer()
    rules = await quickRules()
    stack = await aSupervisionStack({
      vigie: server.url,
      metricsToken: 'metrics-token',
      discoveryToken: await openToken(api.deps, 'metrics:read', OURS),
      alertToken: await openToken(api.deps, 'alert:push', OURS),
      rules: join(rules, '*.yml'),
    })
    const target = (json: object) => declare(uai, diaser, json)
    await target({ module: 'node', address: stack.nodeExporter, label: 'Serveur', service: 'MCO-SEI' })
    await target({ module: 'http', address: `${server.url}/healthz`, label: 'Site', service: 'UTI-PUB' })
    await target({ module: 'icmp', address: '127.0.0.1', label: 'Routeur', service: null })
    await target({ module: 'tcp', address: stack.prometheus.host, label: 'Port ouvert', service: null })
    await target({
      module: 'tcp',
      address: `127.0.0.1:${await closedPort()}`,
      label: 'Port fermé',
      service: 'MCO-SVG',
    })
    await target({ module: 'dns', address: dns.address, label: 'Résolveur', service: 'INF-ANN' })
    await declare(foreign, await api.signIn('rssi', { kind: 'academie', code: '97' }), {
      module: 'node',
      address: stack.nodeExporter,
      label: 'Serveur d’une autre académie',
    })
  })
  afterAll(async () => {
    await stack?.close()
    await server?.close()
    await dns?.close()
    await db?.close()
    if (rules) await rm(rules, { recursive: true, force: true })
  })

  it('finds nothing to say of its configuration', async () => {
    const { stdout } = await run('promtool', ['check', 'config', join(stack.directory, 'prometheus.yml')])
    expect(stdout).toContain('SUCCESS')
  })

  it('scrapes exporters with the labels that Vigie gave, and no exported_uai', async () => {
    await stack.waitFor(`node_filesystem_avail_bytes{job="vigie-node",uai="${uai}"}`, 120)
    expect((await seriesOf(`up{job="vigie-node",uai="${uai}"} == 1`))?.metric).toEqual({
      __name__: 'up',
      job: 'vigie-node',
      instance: stack.nodeExporter,
      uai,
      academie: '98',
      departement: '991',
      module: 'node',
      service: 'MCO-SEI',
    })
    expect(await stack.query('{exported_uai!=""}')).toEqual([])
    expect(await stack.query(`up{uai="${foreign}"}`)).toEqual([])
  })

  it.each([
    ['http', 'UTI-PUB', 1],
    ['icmp', undefined, 1],
    ['tcp', 'MCO-SVG', 0],
    ['tcp', undefined, 1],
    ['dns', 'INF-ANN', 1],
  ])('asks blackbox_exporter to probe by %s (service %s): %i', async (module, service, value) => {
    const selector = `probe_success{job="vigie-${module}",uai="${uai}",service="${service ?? ''}"}`
    await stack.waitFor(selector, 120)
    const series = await seriesOf(selector)
    expect(series?.value).toBe(value)
    expect(series?.metric).toMatchObject({ academie: '98', departement: '991', module })
    expect(series?.metric).not.toHaveProperty('exported_uai')
  })

  it('has the resolver asked for the name of the delivered module', () => {
    expect(dns.asked).toContain('www.education.gouv.fr')
  })

  it('gives back the availability of each service, the disks and the alerts, as evidence with dates', async () => {
    await stack.waitFor(`count(service:availability:ratio_30d{uai="${uai}"}) == 4`, 120)
    await stack.waitFor('prometheus_rule_group_rules', 60)
    const source = await openSource(
      prometheusSection,
      { name: 'essai', url: stack.prometheus.href, mapping: join(DEPLOY, 'vigie-mapping.json'), retries: 0 },
      '.',
    )
    const report = await collectSource(ctx, source)
    expect(report).toMatchObject({
      outcome: 'success',
      etablissements: 1,
      availabilities: 12,
      unknownUais: [],
    })
    const state = (await (
      await api.request(`/v1/etablissements/${uai}/supervision`, { as: diaser })
    ).json()) as Supervision
    const of = (id: string) => state.services.find(({ service }) => service === id)
    expect(of('UTI-PUB')).toMatchObject({ targets: 1, availability: { '1d': 1, '30d': 1 }, stale: false })
    expect(of('MCO-SVG')).toMatchObject({ availability: { '1d': 0, '7d': 0, '30d': 0 } })
    expect(of('UTI-MSG')).toMatchObject({ targets: 0, availability: { '1d': null }, observedAt: null })
    expect(state.measures.diskFree?.ratio).toBeGreaterThan(0)
    expect(state.targets).toMatchObject({ count: 6, watched: 6, answering: 5, stale: false })
    const held = await db.transact(WORKER, (tx) => tx.select().from(schema.evidenceCurrent))
    const value = (key: string) => held.find((row) => row.key === key)?.value
    expect(value('supervision.alerting')).toBe(true)
    expect(value('supervision.availability_30d')).toBe(0)
  })

  it('stops looking at what was put aside', async () => {
    const { rows } = (await (
      await api.request(`/v1/etablissements/${uai}/targets`, { as: diaser })
    ).json()) as { rows: { id: string; module: string }[] }
    const id = rows.find(({ module }) => module === 'dns')?.id ?? ''
    await api.request(`/v1/etablissements/${uai}/targets/${id}`, {
      method: 'PATCH',
      json: { enabled: false },
      as: diaser,
    })
    await stack.waitFor(`absent(up{job="vigie-dns",uai="${uai}"})`, 150)
  })

  it('leaves the former figures, with their dates, once it is gone', async () => {
    const before = await db.transact(WORKER, (tx) => tx.select().from(schema.serviceAvailability))
    await stack.close()
    const source = await openSource(
      prometheusSection,
      { name: 'essai', url: stack.prometheus.href, mapping: join(DEPLOY, 'vigie-mapping.json'), retries: 0 },
      '.',
    )
    expect(await collectSource(ctx, source)).toMatchObject({ outcome: 'failed', availabilities: 0 })
    expect(await db.transact(WORKER, (tx) => tx.select().from(schema.serviceAvailability))).toEqual(before)
  })
})
