import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import type { CollectionSource } from '@vigie/api/features/collection/collection-source.ts'
import { ldapSection } from '@vigie/api/features/collection/sources/ldap.ts'
import { httpRequest, type CollectorRun } from '@vigie/collectors'
import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { uaiOf } from '../support/uai.ts'
import { SUFFIX } from './slapd-configuration.ts'
import { aSlapdSchool, SECRET, type SlapdSchool } from './slapd-school.ts'
import type { SlapdServer } from './slapd-server.ts'
import { aSilentServer, aWire } from './slapd-wire.ts'

const UAI = uaiOf(7710)
const opened: SlapdServer[] = []
let directory: string
let school: SlapdSchool
let open: SlapdServer
let hardened: SlapdServer
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-slapd-'))
  school = await aSlapdSchool(directory, opened)
  open = await school.open()
  hardened = await school.hardened()
})
afterAll(async () => {
  await Promise.all(opened.map((server) => server.stop()))
  await rm(directory, { recursive: true, force: true })
})

type Changes = Readonly<Record<string, unknown>>
const sourceOf = (server: SlapdServer, changes: Changes = {}): Promise<CollectionSource> =>
  ldapSection.open(ldapSection.schema.parse({ ...school.describe(server, UAI), ...changes }), directory)
const runOf = async (server: SlapdServer, changes: Changes = {}): Promise<CollectorRun> =>
  (await sourceOf(server, changes)).run({ now: () => new Date(), request: httpRequest })
const valuesOf = ({ evidence }: CollectorRun) =>
  Object.fromEntries(evidence.map(({ key, value }) => [key, value]))
const failedOf = ({ failures }: CollectorRun) => failures.flatMap(({ keys }) => keys)
const reasonsOf = ({ failures }: CollectorRun) => failures.map(({ reason }) => reason).join('\n')

/** Read without an account, as anyone could. */
const ANYONE = (server: SlapdServer) => ({ url: server.plain.href, account: undefined })

describe('an open directory', () => {
  it('shows what anyone can do and see', async () => {
    const run = await runOf(open, ANYONE(open))
    expect(run).toMatchObject({ outcome: 'success', error: null })
    expect(valuesOf(run)).toEqual({
      'directory.transport_encrypted': false,
      'directory.cleartext_bind': true,
      'directory.anonymous_bind': true,
      'directory.standard_queries': true,
      'directory.accounts': 3,
      'directory.private_attributes': 2,
      'directory.unneeded_attributes': 2,
      'directory.shared_accounts': 1,
      'directory.audit_enabled': false,
      'directory.private_mail_students': 1,
      'directory.private_mail_staff': 1,
      'mail.external_forwarding': 1,
      'auth.password_cleartext_count': 2,
      'auth.password_min_length': 0,
      'auth.password_change_first_login': false,
      'auth.password_max_age': 0,
      'directory.sync_age': expect.closeTo(0, 1),
    })
    expect(failedOf(run)).toEqual([])
    expect(run.ignored.map(({ reason }) => reason)).toEqual([
      'directory.certificate_days : aucun certificat',
      'directory.never_changed_passwords : l’annuaire ne date pas les mots de passe',
    ])
  })

  it('says what it counted, never what it holds', async () => {
    const run = await runOf(open, ANYONE(open))
    const source = run.evidence.find(({ key }) => key === 'directory.private_attributes')?.source
    expect(source).toBe('Annuaire Collège d’essai (ENTPersonDateNaissance 1, homePhone 2)')
    expect(JSON.stringify(run)).not.toMatch(/durand|martin|99 00|2012|Soleil|courrier-prive|ailleurs/)
  })

  it('is not told the password of the reading account, which is only ever sent encrypted', async () => {
    const wire = await aWire(open.plain)
    const run = await runOf(open, { url: wire.url.href, cleartextUrl: wire.url.href })
    await wire.close()
    expect(wire.bytes().length).toBeGreaterThan(100)
    expect(wire.bytes().includes(SECRET)).toBe(false)
    expect(valuesOf(run)).toEqual({
      'directory.transport_encrypted': false,
      'directory.cleartext_bind': true,
      'directory.anonymous_bind': true,
    })
    expect(reasonsOf(run)).toContain('n’est envoyé que sur une connexion chiffrée et vérifiée')
    expect(failedOf(run)).toContain('directory.private_attributes')
  })
})

const HARDENED = {
  'directory.transport_encrypted': true,
  'directory.certificate_days': 89,
  'directory.cleartext_bind': false,
  'directory.anonymous_bind': false,
  'directory.standard_queries': true,
  'directory.accounts': 2,
  'directory.private_attributes': 0,
  'directory.unneeded_attributes': 0,
  'directory.shared_accounts': 0,
  'directory.audit_enabled': true,
  'directory.never_changed_passwords': 0,
  'directory.private_mail_students': 0,
  'directory.private_mail_staff': 0,
  'mail.external_forwarding': 0,
  'auth.password_cleartext_count': 0,
  'auth.password_min_length': 12,
  'auth.password_change_first_login': true,
  'auth.password_max_age': 180,
}

describe('a hardened directory', () => {
  it.each(['ldaps', 'StartTLS'])('proves what it enforces, over %s', async (kind) => {
    const run = await runOf(hardened, kind === 'ldaps' ? {} : { url: hardened.plain.href })
    expect(reasonsOf(run)).toBe('')
    expect(valuesOf(run)).toEqual({ ...HARDENED, 'directory.sync_age': expect.closeTo(0, 1) })
    expect(run.ignored).toEqual([])
  })

  it('never sees the password in clear, and no output holds it', async () => {
    const wire = await aWire(hardened.plain)
    const source = await sourceOf(hardened, { url: wire.url.href, cleartextUrl: wire.url.href })
    const run = await source.run({ now: () => new Date(), request: httpRequest })
    await wire.close()
    expect(run.outcome).toBe('success')
    expect(valuesOf(run)['directory.accounts']).toBe(2)
    expect(wire.bytes().includes('vigie-sonde-sans-compte')).toBe(true)
    expect(wire.bytes().includes(SECRET)).toBe(false)
    expect(JSON.stringify([run, source.plan, source.name, source.address])).not.toContain(SECRET)
  })

  it('that refuses its account is a failure that says so, without the password', async () => {
    const run = await runOf(hardened, {
      account: { dn: 'cn=inconnu,dc=exemple,dc=fr', passwordFile: 'lecture.secret' },
    })
    expect(valuesOf(run)).toMatchObject({ 'directory.transport_encrypted': true })
    expect(reasonsOf(run)).toContain('il refuse le compte de lecture ou son mot de passe')
    expect(JSON.stringify(run)).not.toContain(SECRET)
  })

  it('proves nothing of what its account may not search: hidden is not absent', async () => {
    const discreet = await school.hardened({ hidden: ['homePhone', 'userPassword'] })
    const run = await runOf(discreet)
    expect(failedOf(run).toSorted()).toEqual([
      'auth.password_cleartext_count',
      'directory.never_changed_passwords',
      'directory.private_attributes',
      'directory.unneeded_attributes',
    ])
    expect(reasonsOf(run)).toContain('ne peut pas chercher sur homePhone')
    expect(valuesOf(run)).toMatchObject({ 'directory.shared_accounts': 0, 'directory.accounts': 2 })
  })

  it('says nothing of first passwords when their date is hidden, or may be looked for and not read', async () => {
    const hidden = await school.hardened({ hidden: ['pwdChangedTime'] })
    expect(failedOf(await runOf(hidden))).toEqual(['directory.never_changed_passwords'])
    const searched = await school.hardened({ searched: ['pwdChangedTime'] })
    const run = await runOf(searched)
    expect(failedOf(run)).toEqual(['directory.never_changed_passwords'])
    expect(reasonsOf(run)).toContain('pwdChangedTime')
  })

  it('that hides one branch is read in the others all the same', async () => {
    const other = uaiOf(7711)
    const run = await runOf(hardened, {
      bases: [
        { dn: `ou=absente,${SUFFIX}`, uais: [other] },
        { dn: `ou=personnes,${SUFFIX}`, uais: [UAI], filter: '(objectClass=ENTPerson)' },
      ],
    })
    const accounts = run.evidence.filter(({ key }) => key === 'directory.accounts')
    expect(accounts).toMatchObject([{ uai: UAI, value: 2 }])
    expect(run.failures.flatMap(({ uais }) => uais)).toEqual([other])
    expect(run.evidence.filter(({ key }) => key === 'auth.password_min_length')).toHaveLength(2)
  })

  it('shows no account of a branch that does not exist: a failure, not a zero', async () => {
    const run = await runOf(hardened, {
      bases: [{ dn: 'ou=absente,dc=college-essai,dc=exemple,dc=fr', uais: [UAI] }],
    })
    expect(failedOf(run)).toContain('directory.accounts')
    expect(reasonsOf(run)).toContain('n’existe pas, ou ne se montre pas')
  })
})

describe('a certificate', () => {
  it.each([
    ['that expired', 'IP:127.0.0.1', -30, -1, 'certificat expiré', 0],
    ['of another name', 'DNS:autre.exemple.fr', -1, 60, 'certificat d’un autre nom', 59],
  ])('%s is refused, and the password is kept', async (_, subject, from, until, fault, days) => {
    const certificate = await school.authority.certify(`faux-${days}`, subject, from, until)
    const server = await school.hardened({ certificate })
    const wire = await aWire(server.plain)
    const run = await runOf(server, { url: wire.url.href, cleartextUrl: wire.url.href })
    await wire.close()
    expect(valuesOf(run)).toEqual({
      'directory.transport_encrypted': false,
      'directory.certificate_days': days,
      'directory.cleartext_bind': false,
      'directory.anonymous_bind': false,
    })
    expect(run.evidence.find(({ key }) => key === 'directory.transport_encrypted')?.source).toContain(fault)
    expect(reasonsOf(run)).toContain(fault)
    expect(wire.bytes().includes(SECRET)).toBe(false)
  })

  it('of an unknown authority is refused', async () => {
    const run = await runOf(hardened, { tls: {} })
    expect(valuesOf(run)).toMatchObject({ 'directory.transport_encrypted': false })
    expect(reasonsOf(run)).toContain('certificat non reconnu')
  })
})

describe('a directory that does not answer', () => {
  it('is given up in time, and told for its establishments', async () => {
    const silent = await aSilentServer()
    const start = Date.now()
    const run = await runOf(hardened, {
      url: silent.url.href,
      cleartextUrl: silent.url.href,
      requestTimeoutSeconds: 1,
      timeoutSeconds: 5,
    })
    await silent.close()
    expect(Date.now() - start).toBeLessThan(9_000)
    expect(run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(run.failures).toMatchObject([{ uais: [UAI] }])
    expect(run.error).toMatch(/ne répond pas/)
  })

  it('is not said to lack encryption when its encrypted port stays silent', async () => {
    const silent = await aSilentServer()
    const run = await runOf(open, {
      ...ANYONE(open),
      url: silent.url.href.replace('ldap:', 'ldaps:'),
      requestTimeoutSeconds: 1,
    })
    await silent.close()
    expect(valuesOf(run)).not.toHaveProperty('directory.transport_encrypted')
    expect(failedOf(run)).toContain('directory.transport_encrypted')
    expect(reasonsOf(run)).toContain('délai dépassé')
    expect(valuesOf(run)).toMatchObject({ 'directory.cleartext_bind': true })
  })

  it('is a failure when nothing listens', async () => {
    const run = await runOf(hardened, { url: 'ldaps://127.0.0.1:1', cleartextUrl: 'ldap://127.0.0.1:1' })
    expect(run).toMatchObject({ outcome: 'failed', error: '127.0.0.1:1 ne répond pas (connexion refusée).' })
  })

  it('is recorded as failed for its establishments, even those that it never informed', async () => {
    const db = await aDatabase()
    const ctx = contextOf(depsOn(db, { clock: { now: () => new Date() } }))
    const uai = await anEtablissement().college().insert(db)
    const source = await sourceOf(hardened, {
      bases: [{ dn: SUFFIX, uais: [uai] }],
      url: 'ldaps://127.0.0.1:1',
      cleartextUrl: 'ldap://127.0.0.1:1',
    })
    expect(await collectSource(ctx, source)).toMatchObject({ outcome: 'failed', failed: 1 })
    const failures = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.collectionFailure).where(eq(schema.collectionFailure.uai, uai)),
    )
    expect(failures.map(({ key }) => key)).toContain('directory.private_attributes')
    expect(new Set(failures.map(({ collector }) => collector))).toEqual(new Set(['ldap:college']))
    await db.close()
  })
})
