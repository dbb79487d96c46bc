import type { Database } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aDecision, statusAt } from '@vigie/test/support/decided.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { approveDerogation } from './approve-derogation.ts'
import { requestDerogation } from './request-derogation.ts'

const random = aRandom(6)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const aSuite = (uai: string) => aDecision(db, uai, random)
const statusOf = (uai: string, requirement: string) => statusAt(db, uai, requirement)
const recommended = REQUIREMENTS.find(({ levels }) => levels.d1 === 'R')!.id
const demanded = REQUIREMENTS.find(({ levels }) => levels.d1 === 'E')!.id
const optional = REQUIREMENTS.find(({ levels }) => levels.d1 === 'F')!.id
const IN_A_YEAR = '2027-11-16T09:00:00Z'

describe('derogation', () => {
  const justification = 'Le prestataire remplace le matériel en juillet 2027.'

  it('counts once approved, until its expiry', async () => {
    const uai = await anEtablissement().insert(db)
    const { as, clock, system } = aSuite(uai)
    const asked = await requestDerogation(
      as('directeur_ecole'),
      { uai },
      { requirement: recommended, justification, expiresAt: IN_A_YEAR },
    )
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, recommended))?.derogatedUntil ?? null).toBeNull()
    await approveDerogation(as('rssi'), { uai, id: asked.id }, {})
    expect(await statusOf(uai, recommended)).toMatchObject({ derogatedUntil: new Date(IN_A_YEAR) })
    await expect(approveDerogation(as('rssi'), { uai, id: asked.id }, {})).rejects.toMatchObject({
      code: 'conflict',
    })
    clock.set(IN_A_YEAR)
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, recommended))?.derogatedUntil ?? null).toBeNull()
  })

  it('is refused for a demanded requirement, with the dated action as the way out', async () => {
    const uai = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const ask = (requirement: typeof demanded) =>
      requestDerogation(as('directeur_ecole'), { uai }, { requirement, justification, expiresAt: IN_A_YEAR })
    await expect(ask(demanded)).rejects.toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/requirement', detail: expect.stringContaining('action datée') as string }],
    })
    await expect(ask(optional)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('lasts 24 months at most, that day included until its end', async () => {
    const uai = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const ask = (expiresAt: string) =>
      requestDerogation(
        as('directeur_ecole'),
        { uai },
        { requirement: recommended, justification, expiresAt },
      )
    await expect(ask('2028-11-17T09:00:00Z')).rejects.toMatchObject({
      errors: [{ pointer: '/expiresAt', detail: expect.stringContaining('24 mois') as string }],
    })
    expect(await ask('2028-11-16T22:59:59Z')).toMatchObject({ state: 'pending' })
  })

  it('is asked for once, even by two forms sent at the same time', async () => {
    const uai = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const input = { requirement: recommended, justification, expiresAt: IN_A_YEAR }
    const people = Array.from({ length: 12 }, () => 'directeur_ecole' as const)
    await Promise.all(
      people.map(() => db.transact({ role: 'vigie_worker' }, (tx) => tx.execute(sql`select pg_sleep(0.05)`))),
    )
    const sent = await Promise.allSettled(people.map((role) => requestDerogation(as(role), { uai }, input)))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is approved by the RSSI alone, on a request of that establishment', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const asked = await requestDerogation(
      as('directeur_ecole'),
      { uai },
      { requirement: recommended, justification, expiresAt: IN_A_YEAR },
    )
    await expect(approveDerogation(as('directeur_ecole'), { uai, id: asked.id }, {})).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(approveDerogation(as('rssi'), { uai: other, id: asked.id }, {})).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
