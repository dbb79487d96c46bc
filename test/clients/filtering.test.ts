import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import { networkSection } from '@vigie/api/features/collection/sources/network.ts'
import type { NetworkInput } from '@vigie/api/features/collection/sources/network-description.ts'
import { evaluateDue } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import type { Context } from '@vigie/api/context'
import { httpRequest } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aDnsServer, type DnsReply } from './dns-server.ts'
import { anHttpsSite } from './https-site.ts'
import { archived, aRestrictionList } from './restriction-list.ts'
import { aSmallInternet, type SmallInternet } from './small-internet.ts'
import { aSquid, freePort, type SquidSettings } from './squid.ts'

const WORKER = { role: 'vigie_worker' } as const
const NOW = new Date('2026-11-22T09:00:00Z')
const LIST_DATE = new Date('2026-11-20T09:00:00Z')
const FORMER_DATE = new Date('2026-10-20T09:00:00Z')
const named = (category: string, from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${category}${from + at}.exemple.invalid`)
const OLD = { adultes: named('adultes', 0, 40), contournement: named('contournement', 0, 40) }
const NEW = {
  adultes: [...OLD.adultes, ...named('adultes', 100, 5)],
  contournement: [...OLD.contournement, ...named('contournement', 100, 5)],
}
const NEUTRAL = ['temoin1.exemple.invalid', 'temoin2.exemple.invalid']
const ALLOWED = ['autorise.exemple.invalid']

let directory: string
let archive: string
let former: string
let db: Database
let ctx: Context
let internet: SmallInternet
let hours = 0
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-filtering-'))
  // squid's helper reads its accounts as another user.
  await chmod(directory, 0o755)
  archive = await archived(
    await aRestrictionList(join(directory, 'neuve'), NEW, LIST_DATE),
    join(directory, 'blacklists.tar.gz'),
  )
  former = await aRestrictionList(join(directory, 'ancienne'), OLD, FORMER_DATE)
  internet = await aSmallInternet()
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock: { now: () => new Date(NOW.getTime() + hours * 3_600_000) } }))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => {
  await internet?.close()
  await db?.close()
  await rm(directory, { recursive: true, force: true })
})

const squid = async (settings: Partial<SquidSettings>) => {
  const proxy = await aSquid({ rules: [], last: 'allow', internet: internet.port, ...settings })
  closing.push(() => proxy.close())
  return proxy.url
}
const resolver = async (replyTo: (name: string) => DnsReply) => {
  const server = await aDnsServer(replyTo)
  closing.push(() => server.close())
  return server.address
}

/** The lists as squid reads them. */
async function blocking(lists: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
  const file = join(directory, `liste-${Math.random()}`)
  await writeFile(file, `${Object.values(lists).flat().join('\n')}\n`)
  return [`acl listes dstdomain "${file}"`, 'http_access deny listes']
}

type Filtering = NonNullable<NetworkInput['etablissements'][number]['filtering']>
type Lists = Partial<NonNullable<NetworkInput['lists']>>

async function sourceOf(uai: string, filtering: Filtering, lists: Lists = {}) {
  return openSource(
    networkSection,
    {
      name: 'essai',
      pauseMilliseconds: 0,
      probeSeconds: 5,
      lists: { path: archive, categories: ['adultes', 'contournement'], ...lists },
      controls: { neutral: NEUTRAL, allowed: ALLOWED },
      etablissements: [{ uai, filtering }],
    },
    directory,
  )
}
const read = async (filtering: Filtering, lists: Lists = {}) => {
  const source = await sourceOf('0990001N', filtering, lists)
  const run = await source.run({ now: () => NOW, request: httpRequest })
  return { run, values: Object.fromEntries(run.evidence.map(({ key, value }) => [key, value])) }
}
const statusOf = async (uai: string, requirement: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
    )
  ).find((row) => row.requirement === requirement)

describe('the filtering of a school, by a real squid', () => {
  it('is in service when listed sites are refused and control sites pass', async () => {
    const url = await squid({ rules: await blocking(NEW) })
    const before = internet.reached.length
    const { run, values } = await read({ proxy: { url } }, { readByFilter: true })
    expect(run).toMatchObject({ outcome: 'success', failures: [], ignored: [] })
    expect(values).toEqual({
      'network.filtering_active': true,
      'network.filtering_methods': 1,
      'network.filtering_allowlist_only': false,
      'network.filtering_list_age': 2,
    })
    expect(run.evidence[0]?.source).toContain(
      'liste de l’université Toulouse Capitole du 20/11/2026 (adultes, contournement) : 10 sites bloqués sur 10',
    )
    const reached = internet.reached.slice(before)
    expect(reached.length).toBeGreaterThan(0)
    expect(reached.filter((line) => /adultes|contournement/.test(line))).toEqual([])
  })

  it('is out of service when they pass, and nothing of them is read but headers', async () => {
    const url = await squid({})
    const before = internet.reached.length
    const { values } = await read({ proxy: { url } })
    expect(values).toEqual({
      'network.filtering_active': false,
      'network.filtering_methods': 0,
      'network.filtering_allowlist_only': false,
    })
    const reached = internet.reached.slice(before)
    expect(reached.every((line) => /^(HEAD|CONNECT) /.test(line))).toBe(true)
    expect(internet.tunnelled()).toBe(0)
  })

  it('is out of service when it stops http and lets tunnels through', async () => {
    const [acl = ''] = await blocking(NEW)
    const url = await squid({
      rules: [acl, 'acl tunnels method CONNECT', 'http_access deny listes !tunnels'],
    })
    const { values } = await read({ proxy: { url } })
    expect(values['network.filtering_active']).toBe(false)
  })

  it('is known for an allow-list when nothing else passes', async () => {
    const url = await squid({
      rules: [`acl permis dstdomain ${ALLOWED.join(' ')}`, 'http_access allow permis'],
      last: 'deny',
    })
    const { values } = await read({ proxy: { url } })
    expect(values).toMatchObject({
      'network.filtering_active': true,
      'network.filtering_allowlist_only': true,
    })
  })

  it('is not proven by a proxy that lets nothing through, nor by one that is down', async () => {
    const closed = await read({ proxy: { url: await squid({ last: 'deny' }) } })
    expect(closed.run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(closed.run.error).toContain('Rien ne passe par ce proxy')
    const down = await read({ proxy: { url: `http://127.0.0.1:${await freePort()}` } })
    expect(down.run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(down.run.error).toContain('ne répond pas (connexion refusée)')
  })

  it('is recognised by a block page, and by a connection that is cut', async () => {
    const rules = await blocking(NEW)
    const page = await squid({
      rules: [...rules, 'deny_info http://blocage.exemple.invalid/?u=%u listes'],
    })
    expect((await read({ proxy: { url: page } })).values['network.filtering_active']).toBe(true)
    const cut = await squid({ rules: [...rules, 'deny_info TCP_RESET listes'] })
    expect((await read({ proxy: { url: cut } })).values['network.filtering_active']).toBe(true)
  })

  it('is tried with the account that the proxy demands, told in no message', async () => {
    const passwords = join(directory, 'comptes')
    const secret = 'mot-de-passe-du-proxy'
    const { stdout } = await promisify(execFile)('openssl', ['passwd', '-apr1', secret])
    await writeFile(passwords, `sonde:${stdout.trim()}\n`, { mode: 0o644 })
    await writeFile(join(directory, 'secret'), `${secret}\n`)
    await writeFile(join(directory, 'faux'), 'autre\n')
    const url = await squid({
      more: [`auth_param basic program /usr/lib/squid/basic_ncsa_auth ${passwords}`],
      rules: ['acl connus proxy_auth REQUIRED', 'http_access deny !connus', ...(await blocking(NEW))],
    })
    const without = await read({ proxy: { url } })
    expect(without.run.error).toContain('demande un compte')
    const wrong = await read({ proxy: { url, credentials: { user: 'sonde', passwordFile: 'faux' } } })
    expect(wrong.run.error).toContain('refuse le compte')
    const credentials = { user: 'sonde', passwordFile: 'secret' }
    const source = await sourceOf('0990001N', { proxy: { url, credentials } })
    const right = await source.run({ now: () => NOW, request: httpRequest })
    expect(right.evidence.find(({ key }) => key === 'network.filtering_active')?.value).toBe(true)
    expect(JSON.stringify([right, source.plan])).not.toContain(secret)
  })

  it('has the age that additions prove', async () => {
    const fresh = await read(
      { proxy: { url: await squid({ rules: await blocking(NEW) }) } },
      { formerPath: former },
    )
    expect(fresh.values['network.filtering_list_age']).toBe(2)
    const stale = await read(
      { proxy: { url: await squid({ rules: await blocking(OLD) }) } },
      { formerPath: former },
    )
    expect(stale.values['network.filtering_active']).toBe(true)
    expect(stale.values['network.filtering_list_age']).toBe(33)
  })

  it('has one more method when a neutral site is refused for its words', async () => {
    const rules = [...(await blocking(NEW)), 'acl mots url_regex -i mot-interdit', 'http_access deny mots']
    const url = await squid({ rules })
    const content = [`http://${NEUTRAL[0]}/recherche?q=mot-interdit`]
    expect((await read({ proxy: { url }, content })).values['network.filtering_methods']).toBe(2)
    const open = await squid({ rules: await blocking(NEW) })
    expect((await read({ proxy: { url: open }, content })).values['network.filtering_methods']).toBe(1)
  })

  it('is seen inside tunnels when the filter opens them', async () => {
    const opener = await anHttpsSite(directory, ({ headers }, response) => {
      const listed = /adultes|contournement/.test(headers.host ?? '')
      response
        .writeHead(listed ? 302 : 200, listed ? { location: 'https://blocage.exemple.invalid/' } : {})
        .end('<p>Une page</p>')
    })
    closing.push(() => opener.close())
    const world = await aSmallInternet(new Set(), Number(new URL(opener.url).port))
    closing.push(() => world.close())
    const [acl = ''] = await blocking(NEW)
    const rules = [acl, 'acl tunnels method CONNECT', 'http_access deny listes !tunnels']
    const url = await squid({ internet: world.port, rules })
    const inside = { proxy: { url }, insideTunnels: true, blockPages: ['blocage.exemple.invalid'] }
    expect((await read(inside)).values['network.filtering_active']).toBe(true)
    expect((await read({ ...inside, insideTunnels: false })).values['network.filtering_active']).toBe(false)
  })

  it('leaves dead sites out of the count', async () => {
    const dead = await aSmallInternet(new Set([...NEW.adultes, ...NEW.contournement]))
    closing.push(() => dead.close())
    const { run } = await read({ proxy: { url: await squid({ internet: dead.port }) } })
    expect(run.evidence.map(({ key }) => key)).toEqual(['network.filtering_allowlist_only'])
    expect(run.failures[0]?.reason).toContain('Trop peu de sites listés répondent')
  })
})

describe('the resolver of a school', () => {
  const isListed = (name: string) => /adultes|contournement/.test(name)
  const honest = (name: string) => `198.51.100.${(name.length % 200) + 1}`
  const everywhere = (name: string): DnsReply =>
    isListed(name) ? `203.0.113.${Number(/\d+/.exec(name)?.[0]) % 250}` : honest(name)

  it('blocks by an address of nowhere, by a refusal, or by hiding what exists', async () => {
    const reference = await resolver(everywhere)
    for (const lie of ['0.0.0.0', 'refused', 'absent'] as const) {
      const address = await resolver((name) => (isListed(name) ? lie : honest(name)))
      const { values } = await read({ resolver: address, referenceResolver: reference })
      expect(values).toEqual({ 'network.filtering_active': true, 'network.filtering_methods': 1 })
    }
  })

  it('does not block when it gives every site, nor when it is down', async () => {
    const { values } = await read({ resolver: await resolver(everywhere) })
    expect(values).toEqual({ 'network.filtering_active': false, 'network.filtering_methods': 0 })
    const silent = await read({ resolver: `127.0.0.1:${await freePort()}` })
    expect(silent.run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(silent.run.error).toContain('ne donne pas même les sites témoins')
  })

  it('adds its method to that of the proxy', async () => {
    const url = await squid({ rules: await blocking(NEW) })
    const address = await resolver((name) => (isListed(name) ? '0.0.0.0' : honest(name)))
    const { values } = await read({ proxy: { url }, resolver: address })
    expect(values['network.filtering_methods']).toBe(2)
  })
})

describe('a collection of the network', () => {
  it('moves the verdicts that rest on it, one way and back', async () => {
    const uai = await anEtablissement().college().insert(db)
    const on = await squid({ rules: await blocking(NEW) })
    const collect = async (url: string) => {
      const source = await sourceOf(uai, { proxy: { url } }, { readByFilter: true })
      const report = await collectSource(ctx, source)
      await evaluateDue(ctx)
      return report
    }
    expect(await collect(on)).toMatchObject({ collector: 'network:essai', outcome: 'success', failed: 0 })
    expect(await statusOf(uai, 'INF-SEC-8')).toMatchObject({ verdict: 'compliant', basis: 'observed' })
    expect(await statusOf(uai, 'INF-SEC-4')).toMatchObject({ verdict: 'partial', basis: 'observed' })
    hours += 1
    await collect(await squid({}))
    expect(await statusOf(uai, 'INF-SEC-8')).toMatchObject({ verdict: 'non_compliant' })
    expect(await statusOf(uai, 'INF-SEC-4')).toMatchObject({ verdict: 'non_compliant' })
    const down = await collect(`http://127.0.0.1:${await freePort()}`)
    expect(down).toMatchObject({ outcome: 'failed', failed: 1 })
  })
})
