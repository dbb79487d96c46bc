import { schema, type Database } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aDecision, statusAt } from '@vigie/test/support/decided.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aPdf } from '@vigie/test/support/proof-file.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { storeProof } from '../proofs/store-proof.ts'
import { declare } from './declare.ts'
import { readDeclarations } from './read-declarations.ts'
import { monthsAfter } from './target.ts'

const random = aRandom(6)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const aSuite = (uai: string) => aDecision(db, uai, random)
const statusOf = (uai: string, requirement: string) => statusAt(db, uai, requirement)
const demanded = REQUIREMENTS.find(({ levels }) => levels.d1 === 'E')!.id

describe('declare', () => {
  it('counts at once, for 12 months, and is journalled', async () => {
    const uai = await anEtablissement().insert(db)
    const { clock, as, system } = aSuite(uai)
    const input = { verdict: 'compliant', comment: 'Charte signée par tous' } as const
    const declared = await declare(as('directeur_ecole'), { uai, requirement: demanded }, input)
    expect(declared.expiresAt).toBe('2027-11-16T09:00:00.000Z')
    expect(await statusOf(uai, demanded)).toMatchObject({ status: 'compliant', basis: 'declared' })
    const actions = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.uai, uai)),
    )
    expect(actions.map(({ action }) => action)).toContain('declaration.write')
    clock.set('2027-11-16T09:00:00Z')
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, demanded))?.status ?? 'unknown').toBe('unknown')
  })

  it('is refused to whoever has no right there, and the establishment of another does not exist', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const input = { verdict: 'compliant', comment: 'Fait' } as const
    await expect(declare(as('rssi'), { uai, requirement: demanded }, input)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      declare(as('directeur_ecole'), { uai: other, requirement: demanded }, input),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what was declared', () => {
  it('is read in a few transactions, however long its history', async () => {
    const uai = await anEtablissement().insert(db)
    const { clock, as } = aSuite(uai)
    const head = as('directeur_ecole')
    const say = async (mark: string) => {
      const file = { name: `${mark}.pdf`, content: aPdf(`${uai} ${mark}`) }
      const { id } = await storeProof(head, { uai }, { file })
      const input = { verdict: 'compliant' as const, comment: 'Voir la pièce', proofIds: [id] }
      await declare(head, { uai, requirement: demanded }, input)
      clock.advance(1_000)
    }
    const read = async () => {
      let transactions = 0
      const watched = Object.create(db, {
        transact: {
          value: (...call: Parameters<Database['transact']>) => {
            transactions += 1
            return db.transact(...call)
          },
        },
      }) as Database
      const { history } = await readDeclarations({ ...head, db: watched }, { uai, requirement: demanded })
      return { transactions, proofs: history.flatMap(({ proofs }) => proofs).length }
    }
    await say('un')
    const one = await read()
    for (const mark of ['deux', 'trois', 'quatre']) await say(mark)
    expect(await read()).toEqual({ transactions: one.transactions, proofs: 4 })
  })
})

describe('monthsAfter', () => {
  it('keeps to the last day of a shorter month', () => {
    expect(monthsAfter(new Date('2027-02-28T10:00:00Z'), 12)).toEqual(new Date('2028-02-28T10:00:00Z'))
    expect(monthsAfter(new Date('2028-02-29T10:00:00Z'), 12)).toEqual(new Date('2029-02-28T10:00:00Z'))
  })
})
