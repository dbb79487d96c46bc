import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import { networkSection } from '@vigie/api/features/collection/sources/network.ts'
import { publicationSection } from '@vigie/api/features/collection/sources/publication.ts'
import { evaluateDue } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { httpRequest } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anHttpsSite, type HttpsSite } from './https-site.ts'
import { freePort } from './squid.ts'

const WORKER = { role: 'vigie_worker' } as const
const UAI = '0990001N'
const NOW = new Date('2026-11-22T09:00:00Z')
const DAY_MS = 86_400_000
const SSO = 'sso.exemple.invalid'
const STRONG = 'https://refeds.org/profile/mfa'
const SAML = `<samlp:AuthnRequest><samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>${STRONG}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>`

type Pages = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>
const html =
  (text: string, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end(text)
const redirect = (location: string) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(302, { location }).end()

const PAGES: Pages = {
  '/': html('<h1>Collège de démonstration</h1>'),
  '/panne': html('Erreur', 500),
  '/sans-tls': redirect('http://127.0.0.1/'),
  '/boucle': redirect('/boucle'),
  '/ouvert': html('<form><textarea name=texte></textarea></form>'),
  '/formulaire': html('<form method=post><input name=login><input name=secret type=password></form>'),
  '/interdit': html('Interdit', 403),
  '/basic': html('Authentification', 401),
  '/vers-formulaire': redirect('/accueil'),
  '/accueil': html('<form><input type="password"></form>'),
  '/vers-connexion': redirect('/connexion?retour=/publier'),
  '/vers-sso': redirect(`https://${SSO}/idp?SAMLRequest=jamais`),
  '/vers-fort': redirect(
    `https://${SSO}/idp?SAMLRequest=${encodeURIComponent(deflateRawSync(Buffer.from(SAML)).toString('base64'))}`,
  ),
  '/ailleurs': (request, response) =>
    redirect(new URL(request.url ?? '', 'https://x').searchParams.get('vers') ?? '')(request, response),
  '/script': html('<div id=app></div><script src=/app.js></script>'),
  '/absent': html('Introuvable', 404),
  '/sans-fin': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    const write = () => {
      while (!response.destroyed && response.write('a'.repeat(65_536)));
    }
    response.on('drain', write)
    write()
  },
}

let directory: string
let site: HttpsSite
let db: Database
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-publication-'))
  site = await anHttpsSite(directory, (request, response) => {
    const page = PAGES[new URL(request.url ?? '/', 'https://x').pathname] ?? html('Introuvable', 404)
    page(request, response)
  })
  db = await aDatabase()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => {
  await site?.close()
  await db?.close()
  await rm(directory, { recursive: true, force: true })
})

type Described = z.input<typeof publicationSection.schema>
type Etablissement = Described['etablissements'][number]
const at = (path: string) => new URL(path, site.url).href

const open = (etablissement: Etablissement, more: Partial<Described> = {}) =>
  openSource(
    publicationSection,
    {
      name: 'essai',
      pauseMilliseconds: 0,
      probeSeconds: 3,
      caFile: site.certificate,
      etablissements: [etablissement],
      ...more,
    },
    directory,
  )
async function read(described: Omit<Etablissement, 'uai'>, more: Partial<Described> = {}) {
  const source = await open({ uai: UAI, ...described }, more)
  const run = await source.run({ now: () => new Date(), request: httpRequest })
  return { run, values: Object.fromEntries(run.evidence.map(({ key, value }) => [key, value])) }
}

describe('the public site of a school', () => {
  it('is up when it answers over HTTPS with a certificate that is trusted', async () => {
    const { values } = await read({ site: at('/') })
    expect(values).toEqual({ 'publication.site_up': true })
  })

  it('is down when it fails, when it leaves HTTPS, and when its certificate is not trusted', async () => {
    for (const path of ['/panne', '/absent', '/sans-tls', '/boucle']) {
      expect((await read({ site: at(path) })).values).toEqual({ 'publication.site_up': false })
    }
    const source = await openSource(
      publicationSection,
      { name: 'essai', pauseMilliseconds: 0, etablissements: [{ uai: UAI, site: at('/') }] },
      directory,
    )
    const run = await source.run({ now: () => new Date(), request: httpRequest })
    expect(run.evidence).toMatchObject([{ value: false }])
    expect(run.evidence[0]?.source).toContain('certificat non reconnu')
  })

  it('is down when it is silent while another site answers, and unproven otherwise', async () => {
    const silent = `https://127.0.0.1:${await freePort()}/`
    const known = await read({ site: silent }, { control: at('/') })
    expect(known.values).toEqual({ 'publication.site_up': false })
    const alone = await read({ site: silent })
    expect(alone.run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(alone.run.error).toContain('« control »')
  })
})

describe('the publishing function', () => {
  const editorOf = (path: string) => ({ url: at(path), loginHosts: [SSO] })

  it('demands a login by a refusal, a form, or a redirect to a login', async () => {
    const paths = ['/interdit', '/basic', '/formulaire', '/vers-formulaire', '/vers-connexion', '/vers-sso']
    for (const path of paths) {
      const { values } = await read({ editor: editorOf(path) })
      expect(values, path).toEqual({ 'publication.login_required': true })
    }
  })

  it('demands none when anyone sees the editor', async () => {
    expect((await read({ editor: editorOf('/ouvert') })).values).toEqual({
      'publication.login_required': false,
    })
    const marked = { ...editorOf('/'), editorMark: 'Collège de démonstration' }
    expect((await read({ editor: marked })).values).toEqual({ 'publication.login_required': false })
  })

  it('is unproven by a page of scripts, a dead address, or a loop', async () => {
    for (const path of ['/script', '/absent', '/boucle', '/panne']) {
      const { run } = await read({ editor: editorOf(path) })
      expect(run.evidence).toEqual([])
      expect(run.failures).toHaveLength(1)
    }
  })

  it('is not looked for on a host, nor on a port, that the file does not name', async () => {
    const elsewhere = await mkdtemp(join(directory, 'ailleurs-'))
    let visits = 0
    const other = await anHttpsSite(elsewhere, (_request, response) => {
      visits += 1
      response.end()
    })
    closing.push(() => other.close())
    const { port } = new URL(other.url)
    for (const target of [`https://localhost:${port}/`, `https://127.0.0.1:${port}/`]) {
      const { run } = await read({ editor: { url: at(`/ailleurs?vers=${encodeURIComponent(target)}`) } })
      expect(run.failures[0]?.reason).toContain('ajoutez-le à « loginHosts »')
      await read({ site: at(`/ailleurs?vers=${encodeURIComponent(target)}`) })
    }
    expect(visits).toBe(0)
  })

  it('is read in bounded bytes', async () => {
    const { run } = await read({ editor: editorOf('/sans-fin') })
    expect(run.failures[0]?.reason).toContain('« editorMark »')
  })
})

describe('the display console', () => {
  const consoleOf = (path: string) => ({
    url: at(path),
    loginHosts: [SSO],
    strongContexts: [STRONG],
  })

  it('is strong only when its login demands a strong context', async () => {
    expect((await read({ console: consoleOf('/vers-fort') })).values).toEqual({
      'display.console_login_required': true,
      'display.console_strong': true,
    })
    expect((await read({ console: consoleOf('/formulaire') })).values).toEqual({
      'display.console_login_required': true,
    })
    expect((await read({ console: consoleOf('/ouvert') })).values).toEqual({
      'display.console_login_required': false,
      'display.console_strong': false,
    })
  })
})

describe('the certificates of a school', () => {
  const certificatesOf = async (services: readonly string[], days = 0) => {
    const source = await openSource(
      networkSection,
      {
        name: 'essai',
        pauseMilliseconds: 0,
        probeSeconds: 2,
        etablissements: [{ uai: UAI, certificates: [...services] }],
      },
      directory,
    )
    return source.run({ now: () => new Date(Date.now() + days * DAY_MS), request: httpRequest })
  }

  it('give the days left of the nearest end, and tell what is not trusted or not there', async () => {
    const dead = `127.0.0.1:${await freePort()}`
    const run = await certificatesOf([new URL(site.url).host, dead, 'absent.exemple.invalid'])
    expect(run.evidence).toMatchObject([{ key: 'network.certificate_days', value: 89 }])
    const ignored = run.ignored.map(({ reason }) => reason).join('\n')
    expect(ignored).toContain('certificat non reconnu')
    expect(ignored).toContain(`${dead} ne répond pas (connexion refusée)`)
    expect(ignored).toContain('absent.exemple.invalid:443')
  })

  it('have no day left once they have ended', async () => {
    const run = await certificatesOf([new URL(site.url).host], 120)
    expect(run.evidence).toMatchObject([{ value: 0 }])
  })

  it('are unproven when no service answers', async () => {
    const run = await certificatesOf([`127.0.0.1:${await freePort()}`])
    expect(run).toMatchObject({ outcome: 'failed', evidence: [] })
  })
})

describe('a collection of publication', () => {
  it('moves the verdicts that rest on it, one way and back, and tells what is unproven', async () => {
    const uai = await anEtablissement().college().insert(db)
    let hours = 0
    const clock = { now: () => new Date(NOW.getTime() + hours * 3_600_000) }
    const ctx = contextOf(depsOn(db, { clock }))
    const collect = async (etablissement: Omit<Etablissement, 'uai'>) => {
      hours += 1
      const report = await collectSource(ctx, await open({ uai, ...etablissement }))
      await evaluateDue(ctx)
      return report
    }
    const verdicts = async () => {
      const rows = await db.transact(WORKER, (tx) =>
        tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
      )
      const verdictOf = (id: string) => rows.find(({ requirement }) => requirement === id)?.verdict
      return ['UTI-PUB-4', 'UTI-PUB-8', 'INF-DIF-4'].map(verdictOf)
    }
    const board = { url: at('/vers-fort'), loginHosts: [SSO], strongContexts: [STRONG] }
    const closed = { site: at('/'), editor: { url: at('/formulaire') }, console: board }
    expect(await collect(closed)).toMatchObject({
      collector: 'publication:essai',
      outcome: 'success',
      observations: 4,
      failed: 0,
    })
    expect(await verdicts()).toEqual(['compliant', 'compliant', 'compliant'])
    const opened = { site: at('/panne'), editor: { url: at('/ouvert') }, console: { url: at('/ouvert') } }
    await collect(opened)
    expect(await verdicts()).toEqual(['non_compliant', 'non_compliant', 'non_compliant'])
    expect(await collect({ editor: { url: at('/script') } })).toMatchObject({ outcome: 'failed', failed: 1 })
  })
})
