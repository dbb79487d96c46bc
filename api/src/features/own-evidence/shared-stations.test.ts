import { schema, type Database } from '@vigie/db'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedStations } from './shared-stations.ts'

const AT = new Date('2026-11-16T12:00:00Z')
const WORKER = { role: 'vigie_worker' } as const

interface Station {
  readonly booted?: string | null
  readonly seen?: string
  readonly installed?: string | null
  readonly first?: string
  readonly kind?: 'workstation' | 'laptop'
  readonly shared?: boolean
}

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function aParcOf(stations: readonly Station[], academie = '98'): Promise<string> {
  const uai = await anEtablissement().inAcademie(academie).insert(db)
  const date = (text: string | null) => (text === null ? null : new Date(text))
  const rows = stations.map(
    ({ booted, seen, installed, first, kind = 'workstation', shared = true }, index) => ({
      ...{ id: randomUUID(), uai, identity: `serial:${index}`, name: `poste-${index}`, kind, shared },
      lastBootAt: date(booted === undefined ? '2026-11-16T07:10:00Z' : booted),
      lastInventoryAt: new Date(seen ?? '2026-11-16T09:00:00Z'),
      osInstalledAt: date(installed === undefined ? '2026-01-05T09:00:00Z' : installed),
      firstSeenAt: new Date(first ?? '2026-02-01T00:00:00Z'),
      ...{ agent: 'essai', sections: {}, contentDigest: 'x' },
    }),
  )
  await db.transact(WORKER, (tx) => tx.insert(schema.machine).values(rows))
  return uai
}

const provenOf = async (uai: string) => {
  const proofs = await db.transact(WORKER, (tx) => sharedStations(tx, AT))
  return Object.fromEntries(proofs.filter((proof) => proof.uai === uai).map(({ key, value }) => [key, value]))
}

describe('shared stations that inventories date', () => {
  it('were off during the night when they had started the day they were seen', async () => {
    const uai = await aParcOf([{}, { booted: '2026-11-12T07:00:00Z' }, { kind: 'laptop', booted: null }])
    expect(await provenOf(uai)).toEqual({ 'parc.workstation.auto_shutdown': 1 })
  })

  it('are judged by the day of the establishment, overseas too', async () => {
    const station = { booted: '2026-11-15T23:30:00Z', seen: '2026-11-16T00:30:00Z' }
    expect(await provenOf(await aParcOf([station]))).toEqual({ 'parc.workstation.auto_shutdown': 1 })
    const across = { booted: '2026-11-15T22:30:00Z', seen: '2026-11-15T23:30:00Z' }
    expect(await provenOf(await aParcOf([across]))).toEqual({ 'parc.workstation.auto_shutdown': 0 })
    expect(await provenOf(await aParcOf([across], '31'))).toEqual({ 'parc.workstation.auto_shutdown': 1 })
  })

  it('prove nothing while one of them says nothing, or is no longer heard', async () => {
    expect(await provenOf(await aParcOf([{}, { booted: null }]))).toEqual({})
    expect(await provenOf(await aParcOf([{}, { seen: '2026-10-01T09:00:00Z' }]))).toEqual({})
    expect(await provenOf(await aParcOf([{ shared: false }]))).toEqual({})
  })

  it('were regenerated when their system is younger than their place in the parc, with those of the same day', async () => {
    const wave = '2026-08-27T10:00:00Z'
    const uai = await aParcOf([
      { installed: wave },
      { installed: '2026-08-27T15:00:00Z', first: '2026-09-01T00:00:00Z' },
      { installed: '2026-01-05T09:00:00Z' },
    ])
    expect(await provenOf(uai)).toMatchObject({ 'parc.workstation.shared_restorable': 2 })
  })

  it('tell nothing of regeneration before one was seen, nor while a date is missing or that of no installation', async () => {
    const key = 'parc.workstation.shared_restorable'
    const regenerated = { installed: '2026-08-27T10:00:00Z' }
    expect(await provenOf(await aParcOf([{}, {}]))).not.toHaveProperty(key)
    expect(await provenOf(await aParcOf([regenerated, { installed: null }]))).not.toHaveProperty(key)
    expect(
      await provenOf(await aParcOf([regenerated, { installed: '1970-01-01T00:00:00Z' }])),
    ).not.toHaveProperty(key)
  })
})
