import { schema, type Database } from '@vigie/db'
import type { Actor } from '@vigie/api/access'
import { EVIDENCE_KEYS } from '@vigie/rules'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { checkObservations } from './check-observations.ts'
import { receiveEvidence } from './receive-evidence.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const aService = (perimeter: { kind: 'academie' | 'etablissement'; code: string }): Actor => ({
  kind: 'service',
  id: '00000000-0000-4000-8000-000000000002',
  name: 'sauvegarde',
  scope: 'evidence:write',
  perimeter,
})
const anObservation = (uai: string, over: Record<string, unknown> = {}) => ({
  uai,
  key: 'backup.last_success_age',
  value: 5,
  observedAt: '2026-11-16T08:00:00Z',
  ...over,
})
const send = (actor: Actor, observations: unknown[]) =>
  receiveEvidence(contextOf(depsOn(db), actor), { source: 'sauvegarde.test', observations })
const faultsOf = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  return (error as AppError).errors.map(({ pointer, detail }) => `${pointer} ${detail}`)
}
const evidenceOf = (uai: string) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.evidence).where(eq(schema.evidence.uai, uai)),
  )

describe('receiveEvidence', () => {
  it('accepts the observations of a service within its perimeter, and journals them', async () => {
    const uai = await anEtablissement().inAcademie('97').insert(db)
    expect(await send(aService({ kind: 'academie', code: '97' }), [anObservation(uai)])).toEqual({
      accepted: 1,
    })
    expect(await evidenceOf(uai)).toMatchObject([{ value: 5, source: 'sauvegarde.test', collector: 'api' }])
    const entries = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.uai, uai)),
    )
    expect(entries).toMatchObject([{ action: 'evidence.receive', actorKind: 'service' }])
  })

  it('accepts the same sending again and keeps it once', async () => {
    const uai = await anEtablissement().insert(db)
    const actor = aService({ kind: 'etablissement', code: uai })
    await send(actor, [anObservation(uai)])
    expect(await send(actor, [anObservation(uai)])).toEqual({ accepted: 1 })
    expect(await evidenceOf(uai)).toHaveLength(1)
  })

  it('names every fault with its pointer and its remedy, and records nothing', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const faults = await faultsOf(
      send(aService({ kind: 'etablissement', code: uai }), [
        anObservation(uai),
        anObservation(uai, { key: 'backup.last_succes_age' }),
        anObservation(uai, { value: '5' }),
        anObservation(uai, { key: 'backup.success_ratio_30d', value: 1.5 }),
        anObservation(`${uai.slice(0, 7)}I`),
        anObservation(uai, { observedAt: '2026-11-16T09:06:00Z' }),
        anObservation(uai, { observedAt: '2025-09-01T00:00:00Z' }),
        anObservation(uai, { observedAt: '16/11/2026' }),
        'bonjour',
        anObservation(other),
      ]),
    )
    expect(faults).toEqual([
      expect.stringMatching(/^\/observations\/1\/key .*backup\.last_success_age/),
      expect.stringMatching(/^\/observations\/2\/value attendu : un nombre fini/),
      expect.stringMatching(/^\/observations\/3\/value attendu : au plus 1/),
      expect.stringMatching(/^\/observations\/4\/uai .*lettre/),
      expect.stringMatching(/^\/observations\/5\/observedAt .*futur/),
      expect.stringMatching(/^\/observations\/6\/observedAt .*400 jours/),
      expect.stringMatching(/^\/observations\/7\/observedAt .*fuseau/),
      expect.stringMatching(/^\/observations\/8 attendu/),
      expect.stringMatching(/^\/observations\/9\/uai établissement inconnu/),
    ])
    expect(await evidenceOf(uai)).toEqual([])
  })

  it('refuses whoever has no right to send evidence', async () => {
    const uai = await anEtablissement().insert(db)
    await expect(send({ kind: 'anonymous' }, [anObservation(uai)])).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const reader: Actor = { ...aService({ kind: 'academie', code: '98' }), scope: 'conformity:read' } as Actor
    await expect(send(reader, [anObservation(uai)])).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('lets the account of an establishment’s collector write for that establishment only', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const actor: Actor = {
      kind: 'collector',
      id: '00000000-0000-4000-8000-000000000003',
      uai,
      login: 'agent',
    }
    expect(await send(actor, [anObservation(uai)])).toEqual({ accepted: 1 })
    expect(await faultsOf(send(actor, [anObservation(other)]))).toHaveLength(1)
  })
})

describe('checkObservations', () => {
  it('never throws and pairs each input with an observation or at least one fault', () => {
    const now = new Date('2026-11-16T09:00:00Z')
    const field = fc.oneof(fc.anything(), fc.constantFrom(...EVIDENCE_KEYS), fc.constant('0990001A'))
    const item = fc.oneof(
      fc.anything(),
      fc.record({
        uai: field,
        key: field,
        value: fc.oneof(fc.double(), fc.anything()),
        observedAt: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          field,
        ),
      }),
    )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), (input) => {
        const { observations, faults } = checkObservations(input, now)
        observations.forEach((observation, position) => {
          const own = faults.filter(({ pointer }) => `${pointer}/`.startsWith(`/observations/${position}/`))
          expect(observation === undefined).toBe(own.length > 0)
        })
      }),
    )
  })
})
