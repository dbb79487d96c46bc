import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sealBatches } from '@vigie/api/journal/seal-batches.ts'
import { verifyJournal } from '@vigie/api/journal/verify-journal.ts'
import { schema, type Database } from '@vigie/db'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'

const FIXTURES = new URL('../../collectors/fixtures/pskc/', import.meta.url)
const SERIAL = '0000001'
const SECRET = new TextEncoder().encode('12345678901234567890')
const CIRCONSCRIPTION = '0991001A'
const PIN = '4071'

let db: Database
let api: Api
let diaser: Credentials
let osp: Credentials
let ien: Credentials
let portal: Credentials
let uai: string
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  osp = await api.signIn('osp', { kind: 'departement', code: '991' })
  ien = await api.signIn('ien', { kind: 'circonscription', code: CIRCONSCRIPTION })
  portal = await api.token('otp:verify', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

async function ask<T>(
  method: string,
  path: string,
  as: Credentials,
  content: { json?: object; body?: FormData } = {},
) {
  const response = await api.request(path, { method, as, ...content })
  const text = await response.text()
  if (response.status >= 300) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  clock.advance(60_000)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

const codeAt = (counter: number) => generateSync({ strategy: 'hotp', secret: SECRET, counter })

async function formWith(name: string, type: string, content: Uint8Array, fields: Record<string, string>) {
  const form = new FormData()
  form.set('file', new File([content.slice()], name, { type }))
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return form
}

interface Slip {
  readonly bordereauId: string
  readonly number: string
}

interface HolderFile {
  readonly history: readonly {
    readonly at: string
    readonly transition: string
    readonly actor: { readonly label: string }
    readonly calledBackAt: string | null
    readonly bordereau: { readonly id: string; readonly number: string; readonly signed: boolean } | null
  }[]
  readonly bordereaux: readonly { readonly id: string; readonly signed: boolean }[]
}

it('tells of a director who bound, handed over and revoked the key, when, with the slip, as the journal does', async () => {
  const pskc = new Uint8Array(await readFile(new URL('plain.pskc.xml', FIXTURES)))
  const file = await formWith('cles.pskc.xml', 'application/pskc+xml', pskc, { academie: '98' })
  await ask('POST', '/v1/keys/imports', diaser, { body: file })
  const shipment = await ask<{ id: string }>('POST', '/v1/shipments', diaser, {
    json: { departement: '991', serials: [SERIAL] },
  })
  await ask('POST', `/v1/shipments/${shipment.id}/reception`, osp)
  const holder = await ask<{ id: string; login: string }>('POST', '/v1/holders', osp, {
    json: {
      function: 'directeur_ecole',
      login: 'directrice.essai',
      displayName: 'Camille Essai',
      uai,
      callBackNumber: '01 99 00 00 00',
    },
  })
  await ask('POST', `/v1/keys/${SERIAL}/bindings`, osp, { json: { holderId: holder.id } })
  const handed = await ask<Slip>('POST', `/v1/keys/${SERIAL}/hand-over`, ien, {
    json: { identityChecked: true },
  })
  await ask('POST', `/v1/keys/${SERIAL}/hand-over/pin`, ien, { json: { pin: PIN } })
  await ask('POST', `/v1/keys/${SERIAL}/hand-over/activation`, ien, { json: { pin: PIN, code: codeAt(0) } })

  const verification = { login: holder.login, pin: PIN, code: codeAt(1), source: '192.0.2.7' }
  await ask('POST', '/v1/otp/verifications', portal, { json: verification })

  const signed = new Uint8Array(
    Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  )
  const scan = await formWith('bordereau signé.pdf', 'application/pdf', signed, { signedOn: '2026-11-16' })
  const attached = await ask<{ id: string }>('POST', `/v1/bordereaux/${handed.bordereauId}/scans`, ien, {
    body: scan,
  })
  await ask('POST', `/v1/keys/${SERIAL}/transitions`, osp, {
    json: { transition: 'revoke', reason: 'Départ définitif de l’académie', calledBack: true },
  })
  const returned = await ask<Slip>('POST', `/v1/keys/${SERIAL}/restitution`, ien, { json: {} })

  const { history, bordereaux } = await ask<HolderFile>('GET', `/v1/holders/${holder.id}`, osp)
  const told = history.toSorted((a, b) => a.at.localeCompare(b.at))
  expect(told.map(({ transition }) => transition)).toEqual([
    'bind',
    'hand_over',
    'activate',
    'revoke',
    'take_back',
  ])
  const [, handOver, , revocation, restitution] = told
  expect(handOver?.bordereau).toMatchObject({ id: handed.bordereauId, number: handed.number, signed: true })
  expect(restitution?.bordereau).toMatchObject({ id: returned.bordereauId, signed: false })
  expect(revocation?.calledBackAt).not.toBeNull()
  expect(new Set(told.map(({ actor }) => actor.label))).toEqual(new Set(['Compte des essais']))
  expect(bordereaux.map(({ id }) => id)).toEqual(
    expect.arrayContaining([handed.bordereauId, returned.bordereauId]),
  )

  const kept = await api.request(`/v1/bordereaux/${handed.bordereauId}/scans/${attached.id}`, { as: osp })
  expect(new Uint8Array(await kept.arrayBuffer())).toEqual(signed)
  const archived = await api.request(`/v1/bordereaux/${handed.bordereauId}/pdf`, { as: osp })
  const pdf = new Uint8Array(await archived.arrayBuffer())
  const [slip] = await db.asOwner((tx) =>
    tx.select().from(schema.bordereau).where(eq(schema.bordereau.id, handed.bordereauId)),
  )
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(slip?.sha256)

  await theJournalAgrees(told)
  const later = await api.request('/v1/otp/verifications', {
    method: 'POST',
    as: portal,
    json: { ...verification, code: codeAt(2) },
  })
  expect(later.status).toBe(401)
})

/** Each line of the file has its entry, at the same instant and by the same account; the journal is whole. */
async function theJournalAgrees(told: HolderFile['history']): Promise<void> {
  const [key] = await db.asOwner((tx) =>
    tx.select().from(schema.otpKey).where(eq(schema.otpKey.serial, SERIAL)),
  )
  const { journalEntry, keyTransition } = schema
  const entries = await db.asOwner((tx) =>
    tx
      .select()
      .from(journalEntry)
      .where(and(eq(journalEntry.subjectKind, 'key'), inArray(journalEntry.subjectId, [key!.id, SERIAL])))
      .orderBy(asc(journalEntry.at)),
  )
  const moves = await db.asOwner((tx) =>
    tx.select().from(keyTransition).where(eq(keyTransition.keyId, key!.id)).orderBy(asc(keyTransition.at)),
  )
  const acts = moves.filter(({ holderId }) => holderId !== null)
  expect(acts.map(({ at }) => at.toISOString())).toEqual(told.map(({ at }) => at))
  for (const move of acts) {
    const entry = entries.find(({ at, action }) => +at === +move.at && action.includes(move.transition))
    expect(entry?.actorId, move.transition).toBe(move.actorId)
  }
  await sealBatches(api.deps)
  expect((await verifyJournal(api.deps)).broken).toBeNull()
}
