import type { Database } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aDecision, statusAt } from '@vigie/test/support/decided.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { prepareEvidence, recordEvidence } from '../evidence/record-evidence.ts'
import { arbitrate } from './arbitrate.ts'
import { declare } from '../declarations/declare.ts'

const WORKER = { role: 'vigie_worker' } as const
const random = aRandom(6)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const aSuite = (uai: string) => aDecision(db, uai, random)
const statusOf = (uai: string, requirement: string) => statusAt(db, uai, requirement)
const demanded = REQUIREMENTS.find(({ levels }) => levels.d1 === 'E')!.id
const IN_A_YEAR = '2027-11-16T09:00:00Z'

describe('arbitrate', () => {
  const decision = { verdict: 'compliant', reason: 'Vérifié sur place le 15', expiresAt: IN_A_YEAR } as const
  async function contradicted() {
    const uai = await anEtablissement().insert(db)
    const suite = aSuite(uai)
    const observe = async (hours: number) => {
      const observedAt = suite.clock.now()
      const observations = [
        { key: 'backup.last_success_age', value: hours, observedAt },
        { key: 'backup.success_ratio_30d', value: 0.7, observedAt },
      ] as const
      await prepareEvidence(suite.system, observations)
      await db.transact(WORKER, (tx) =>
        recordEvidence(tx, suite.system, uai, observations, { source: 's', collector: 'c' }),
      )
    }
    await observe(900)
    const input = { verdict: 'compliant', comment: 'Copie à la main' } as const
    await declare(suite.as('directeur_ecole'), { uai, requirement: 'MCO-SVG-1' }, input)
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'contradiction' })
    return { ...suite, uai, observe }
  }

  it('settles a contradiction until newer evidence says something else', async () => {
    const { uai, as, clock, observe, system } = await contradicted()
    const done = await arbitrate(as('rssi'), { uai, requirement: 'MCO-SVG-1' }, decision)
    expect(done).toMatchObject({ observedVerdict: 'non_compliant' })
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
    clock.advance(3_600_000)
    await observe(100)
    await evaluateEtablissements(system, [uai])
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'contradiction', reopened: true })
    await arbitrate(as('rssi'), { uai, requirement: 'MCO-SVG-1' }, decision)
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ basis: 'arbitrated', reopened: false })
  })

  it('refuses where nothing contradicts, a date past or too far, and anybody but the RSSI', async () => {
    const { uai, as } = await contradicted()
    const target = { uai, requirement: 'MCO-SVG-1' }
    await expect(arbitrate(as('rssi'), { uai, requirement: demanded }, decision)).rejects.toMatchObject({
      code: 'conflict',
    })
    for (const expiresAt of ['2026-11-16T08:00:00Z', '2028-11-17T09:00:00Z']) {
      await expect(arbitrate(as('rssi'), target, { ...decision, expiresAt })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    await expect(arbitrate(as('directeur_ecole'), target, decision)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
