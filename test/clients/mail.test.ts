import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import { mailSection } from '@vigie/api/features/collection/sources/mail.ts'
import { evaluateDue } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { httpRequest, type CollectorRun } from '@vigie/collectors'
import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { uaiOf } from '../support/uai.ts'
import { CLAMD_MARK } from './clamd-server.ts'
import { aDnsServer, type DnsRecords, type DnsServer } from './dns-server.ts'
import { aDovecot, type Dovecot } from './mail-dovecot.ts'
import { mailFilters, type MailFilters } from './mail-filters.ts'
import { aPostfix, type Postfix } from './mail-postfix.ts'
import { anAuthority, type Authority } from './slapd-certificates.ts'
import { aSilentServer } from './slapd-wire.ts'

const DOMAIN = 'college-essai.exemple.fr'
const UAIS = [uaiOf(7720), uaiOf(7721)]
const LOCAL = { a: '127.0.0.1' } as const
const SERVICES =
  'DNS:mx1.college-essai.exemple.fr,DNS:courrier.college-essai.exemple.fr,DNS:localhost,IP:127.0.0.1'

let directory: string
let authority: Authority
let postfix: Postfix
let filters: MailFilters
let dovecot: Dovecot
let bareDovecot: Dovecot
let webmail: Server
let page = ''
let zone: Record<string, DnsRecords> = {}
let dns: DnsServer
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-mail-'))
  // Postfix gives its rights up: it must still reach its own directories.
  await chmod(directory, 0o755)
  const own = async (name: string) => {
    const path = join(directory, name)
    await mkdir(path)
    return path
  }
  authority = await anAuthority(await own('autorite'))
  const right = await authority.certify('mx1', SERVICES, -1, 60)
  const expired = await authority.certify('ancien', SERVICES, -40, -2)
  dovecot = await aDovecot(await own('dovecot'), right)
  bareDovecot = await aDovecot(await own('dovecot-nu'), null)
  filters = await mailFilters(await own('filtres'))
  postfix = await aPostfix(
    await own('postfix'),
    { right, expired },
    { authentication: dovecot.authentication, milters: filters.milters },
  )
  dns = await aDnsServer((name) => zone[name.toLowerCase()] ?? 'absent')
  webmail = createServer(
    { key: await readFile(right.key), cert: await readFile(right.certificate) },
    (_, answer) => {
      answer.setHeader('content-type', 'text/html')
      answer.end(page)
    },
  )
  await new Promise<void>((resolve) => webmail.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await postfix?.stop()
  await filters?.stop()
  await dovecot?.stop()
  await bareDovecot?.stop()
  await dns?.close()
  await new Promise((resolve) => (webmail ? webmail.close(resolve) : resolve(null)))
  await rm(directory, { recursive: true, force: true })
})

type Changes = Readonly<Record<string, unknown>>
const describeSource = (changes: Changes = {}) => ({
  name: 'college',
  domain: DOMAIN,
  uais: UAIS,
  resolver: dns.address,
  selectors: ['vigie2026'],
  mxPort: postfix.careful,
  caFile: authority.file,
  pauseMilliseconds: 0,
  probeSeconds: 3,
  probe: { trustedHosts: [DOMAIN] },
  ...changes,
})
const open = (changes: Changes = {}) =>
  mailSection.open(mailSection.schema.parse(describeSource(changes)), directory)
const io = { now: () => new Date(), request: httpRequest }
const runOf = async (changes: Changes = {}): Promise<CollectorRun> => (await open(changes)).run(io)
const valuesOf = ({ evidence }: CollectorRun) =>
  Object.fromEntries(evidence.filter(({ uai }) => uai === UAIS[0]).map(({ key, value }) => [key, value]))
const sourceOf = ({ evidence }: CollectorRun, wanted: string) =>
  evidence.find(({ key }) => key === wanted)?.source
const reasonsOf = ({ failures }: CollectorRun) => failures.map(({ reason }) => reason).join('\n')

const PROTECTED: Record<string, DnsRecords> = {
  [DOMAIN]: { txt: ['v=spf1 mx -all', 'autre texte'], mx: [`mx1.${DOMAIN}`] },
  [`vigie2026._domainkey.${DOMAIN}`]: { txt: [`v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEF'.repeat(16)}`] },
  [`_dmarc.${DOMAIN}`]: { txt: ['v=DMARC1; p=reject'] },
  [`mx1.${DOMAIN}`]: LOCAL,
  [`courrier.${DOMAIN}`]: LOCAL,
}
const clientsOf = (read: object, send: object) => ({ clients: [read, send] })
const host = `courrier.${DOMAIN}`

describe('a domain of mail that is well kept', () => {
  it('proves its records, its servers and its accesses, for each of its establishments', async () => {
    zone = PROTECTED
    page = '<form><input name="u"><input type="password" name="p"></form>'
    const run = await runOf({
      ...clientsOf(
        { protocol: 'imaps', host, port: dovecot.imaps },
        { protocol: 'submission', host, port: postfix.submission },
      ),
      webmail: { url: `https://localhost:${(webmail.address() as AddressInfo).port}/` },
    })
    expect(reasonsOf(run)).toBe('')
    expect(valuesOf(run)).toEqual({
      'mail.spf': true,
      'mail.dkim': true,
      'mail.dmarc': true,
      'mail.starttls': true,
      'mail.client_access': true,
      'mail.web_access': true,
    })
    expect(run.evidence).toHaveLength(12)
    expect(sourceOf(run, 'mail.starttls')).toBe(`Serveurs de courrier : mx1.${DOMAIN}`)
    expect(sourceOf(run, 'mail.client_access')).toBe(
      `Accès par logiciel : lecture : ${host} (imaps) ; envoi : ${host} (submission)`,
    )
  })

  it('may announce its accesses by itself, and encrypt on demand', async () => {
    zone = {
      ...PROTECTED,
      [`_imap._tcp.${DOMAIN}`]: { srv: [{ host, port: dovecot.imap }] },
      [`_submission._tcp.${DOMAIN}`]: { srv: [{ host, port: postfix.submission }] },
    }
    expect(valuesOf(await runOf())).toMatchObject({ 'mail.client_access': true })
  })

  it('may take its policy from a parent domain', async () => {
    zone = {
      ...PROTECTED,
      [`_dmarc.${DOMAIN}`]: {},
      '_dmarc.exemple.fr': { txt: ['v=DMARC1; p=none; sp=quarantine'] },
    }
    const run = await runOf()
    expect(sourceOf(run, 'mail.dmarc')).toBe('Domaine exemple.fr : DMARC quarantine')
  })
})

describe('a domain of mail that is not', () => {
  it('lacks what it does not publish, and what its servers do not encrypt', async () => {
    zone = {
      [DOMAIN]: { txt: ['v=spf1 +all'], mx: [`mx1.${DOMAIN}`] },
      [`_dmarc.${DOMAIN}`]: { txt: ['v=DMARC1; p=none'] },
      [`mx1.${DOMAIN}`]: LOCAL,
      [host]: LOCAL,
    }
    page = '<textarea></textarea>'
    const run = await runOf({
      mxPort: postfix.bare,
      ...clientsOf(
        { protocol: 'imap', host, port: bareDovecot.imap },
        { protocol: 'submission', host, port: postfix.submission },
      ),
      webmail: { url: `https://localhost:${(webmail.address() as AddressInfo).port}/` },
    })
    expect(reasonsOf(run)).toBe('')
    expect(valuesOf(run)).toEqual({
      'mail.spf': false,
      'mail.dkim': false,
      'mail.dmarc': false,
      'mail.starttls': false,
      'mail.client_access': false,
      'mail.web_access': false,
    })
    expect(sourceOf(run, 'mail.starttls')).toBe(`Serveurs de courrier : mx1.${DOMAIN}, STARTTLS non proposé`)
    expect(sourceOf(run, 'mail.client_access')).toBe(
      `Accès par logiciel : lecture : ${host}, STARTTLS refusé`,
    )
  })

  it.each([
    ['expired', () => ({ mxPort: postfix.expired }), {}, 'certificat expiré'],
    ['of another name', () => ({}), { mx: ['autre.exemple.fr'] }, 'certificat d’un autre nom'],
    ['of an unknown authority', () => ({ caFile: undefined }), {}, 'certificat non reconnu'],
  ])('is not encrypted under a certificate %s', async (_, changes, records, why) => {
    zone = {
      ...PROTECTED,
      [DOMAIN]: { ...PROTECTED[DOMAIN], ...records },
      'autre.exemple.fr': LOCAL,
    }
    const run = await runOf(changes())
    expect(valuesOf(run)).toMatchObject({ 'mail.starttls': false })
    expect(sourceOf(run, 'mail.starttls')).toContain(why)
  })

  it('gives no access to a program when its sending server asks nobody who they are', async () => {
    zone = PROTECTED
    const run = await runOf(
      clientsOf(
        { protocol: 'imaps', host, port: dovecot.imaps },
        { protocol: 'submission', host, port: postfix.unguarded },
      ),
    )
    expect(valuesOf(run)).toMatchObject({ 'mail.client_access': false })
    expect(sourceOf(run, 'mail.client_access')).toContain('aucune authentification proposée')
  })
})

describe('a part of the mail that does not answer', () => {
  it('is unknown, and leaves the others alone', async () => {
    zone = PROTECTED
    const silent = await aSilentServer()
    const run = await runOf({ mxPort: Number(silent.url.port), probeSeconds: 1 })
    await silent.close()
    expect(valuesOf(run)).toMatchObject({ 'mail.spf': true, 'mail.dmarc': true })
    expect(valuesOf(run)).not.toHaveProperty('mail.starttls')
    expect(reasonsOf(run)).toContain(`mx1.${DOMAIN} ne répond pas (délai dépassé)`)
  })

  it('is a failure for all when the resolver is silent', async () => {
    const run = await runOf({ resolver: '127.0.0.1:1', probeSeconds: 1 })
    expect(run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(run.failures.every(({ uais }) => uais.length === 2)).toBe(true)
    expect(reasonsOf(run)).toContain('Le résolveur de noms ne répond pas')
  })
})

describe('what is recorded of a domain of mail', () => {
  it('moves the statuses that rest on it, from its servers and from a probe message', async () => {
    const db = await aDatabase()
    const ctx = contextOf(depsOn(db, { clock: { now: () => new Date() } }))
    const uai = await anEtablissement().college().insert(db)
    const clients = clientsOf(
      { protocol: 'imaps', host, port: dovecot.imaps },
      { protocol: 'submission', host, port: postfix.submission },
    )
    zone = PROTECTED
    page = '<input type="password">'
    const webmailUrl = `https://localhost:${(webmail.address() as AddressInfo).port}/`
    const source = await open({ uais: [uai], ...clients, webmail: { url: webmailUrl } })
    const message = await postfix.deliver(true)
    const { submit } = source
    if (!submit) throw new Error('unreachable')
    expect(await collectSource(ctx, source)).toMatchObject({ collector: 'mail:college', outcome: 'success' })
    await collectSource(ctx, { ...source, run: (own) => submit(message, own) })
    await evaluateDue(ctx)
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
    )
    const verdicts = Object.fromEntries(rows.map(({ requirement, verdict }) => [requirement, verdict]))
    expect(verdicts).toMatchObject({ 'UTI-MSG-1': 'compliant', 'UTI-MSG-4': 'compliant' })
    await db.close()
  })
})

/** What every anti-spam filter must take for spam (GTUBE). */
const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'

describe('a probe message that reached a box', () => {
  it.each([
    [
      'clean, read by SpamAssassin and ClamAV',
      true,
      'Message d’essai.',
      'x-spam-status (propre)',
      'x-virus-status (propre)',
    ],
    ['taken for spam', true, GTUBE, 'x-spam-flag (suspect)', 'x-virus-status (propre)'],
    ['found infected', true, CLAMD_MARK, 'x-spam-status (propre)', 'x-virus-status (suspect)'],
    ['read by no filter', false, 'Message d’essai.', 'aucune marque d’antispam', 'aucune marque d’antivirus'],
  ])('%s: proves its filters by their marks, and is not kept', async (_, filtered, text, spam, virus) => {
    const message = await postfix.deliver(filtered, text)
    const source = await open()
    const run = await source.submit?.(message, io)
    if (!run) throw new Error('nothing was read')
    expect(run).toMatchObject({ outcome: 'success', error: null })
    expect(valuesOf(run)).toEqual({ 'mail.spam_filter': filtered, 'mail.virus_filter': filtered })
    expect(sourceOf(run, 'mail.spam_filter')).toContain(spam)
    expect(sourceOf(run, 'mail.virus_filter')).toContain(virus)
    expect(JSON.stringify(run)).not.toMatch(/envoyeur|sujet|essai@/)
  })
})
