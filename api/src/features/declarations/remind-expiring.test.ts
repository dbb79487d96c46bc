import { schema, type Database } from '@vigie/db'
import type { Actor } from '@vigie/api/access'
import { openAccount } from '@vigie/test/support/account.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { remindDeclarationsJob } from '../../jobs/remind-declarations.ts'
import { evaluateDue } from '../evaluation/evaluate-etablissements.ts'
import { declare } from './declare.ts'
import { remindExpiring } from './remind-expiring.ts'
import { withdrawDeclaration } from './withdraw-declaration.ts'

const WORKER = { role: 'vigie_worker' } as const
const random = aRandom(31)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function aSuite() {
  const uai = await anEtablissement().insert(db)
  const clock = aClock('2026-11-16T09:00:00Z')
  const deps = depsOn(db, { clock, random })
  const login = `direction.${uai.toLowerCase()}`
  const grant = { role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: uai } } as const
  await openAccount(deps, { login, password: 'phrase longue des essais', grants: [grant] })
  const [account] = await db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select().from(schema.account).where(eq(schema.account.login, login)),
  )
  const id = account!.id
  const head: Actor = { kind: 'account', id, login, displayName: login, grants: [grant] }
  const addMail = (mail: string) =>
    db.transact(WORKER, (tx) =>
      tx.insert(schema.otpHolder).values({
        ...{ id: random.uuid(), kind: 'nominative', holderFunction: 'directeur_ecole', login, mail },
        ...{ displayName: 'Direction des Essais', academie: '98', departement: '991', uai },
        ...{ accountId: id, createdAt: clock.now() },
      }),
    )
  const mails = async () =>
    (await db.transact(WORKER, (tx) => tx.select().from(schema.mailMessage))).filter(({ body }) =>
      body.includes(uai),
    )
  const statusOf = async (requirement: string) =>
    (
      await db.transact(WORKER, (tx) =>
        tx
          .select()
          .from(schema.requirementStatus)
          .where(
            and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, requirement)),
          ),
      )
    )[0]?.status ?? 'unknown'
  return { uai, clock, head: contextOf(deps, head), job: contextOf(deps), addMail, mails, statusOf }
}
const input = { verdict: 'compliant', comment: 'Vérifié en conseil' } as const

describe('reminders of declarations', () => {
  it('write once a month before, once a week before, one mail for all, and stop when renewed or withdrawn', async () => {
    const { uai, clock, head, job, addMail, mails } = await aSuite()
    for (const requirement of ['INF-AUT-5', 'INF-AUT-6', 'INF-AUT-7']) {
      await declare(head, { uai, requirement }, input)
    }
    await addMail('direction@ecole.example')
    clock.set('2027-10-16T09:00:00Z')
    expect(await remindExpiring(job)).toBe(0)
    clock.set('2027-10-17T09:00:00Z')
    expect(await remindExpiring(job)).toBe(1)
    await remindDeclarationsJob.run(job, new AbortController().signal)
    clock.set('2027-10-20T09:00:00Z')
    expect(await remindExpiring(job)).toBe(0)
    const [first] = await mails()
    expect(first).toMatchObject({ recipients: ['direction@ecole.example'] })
    expect(first?.subject).toMatch(/^3 déclarations de École des Essais/)
    expect(first?.body).toContain('16 novembre 2027')

    await declare(head, { uai, requirement: 'INF-AUT-5' }, input)
    await withdrawDeclaration(head, { uai, requirement: 'INF-AUT-6' })
    clock.set('2027-11-09T09:00:00Z')
    expect(await remindExpiring(job)).toBe(1)
    expect(await remindExpiring(job)).toBe(0)
    const last = (await mails()).find(({ id }) => id !== first?.id)
    expect(last?.subject).toMatch(/^Une déclaration/)
    expect(last?.body).toContain('INF-AUT-7')
    expect(last?.body).not.toMatch(/INF-AUT-[56]/)
    expect(await mails()).toHaveLength(2)
  })

  it('wait while there is nobody to write to', async () => {
    const { uai, clock, head, job, addMail, mails } = await aSuite()
    await declare(head, { uai, requirement: 'INF-AUT-5' }, input)
    clock.set('2027-11-01T09:00:00Z')
    expect(await remindExpiring(job)).toBe(0)
    await addMail('direction2@ecole.example')
    expect(await remindExpiring(job)).toBe(1)
    expect(await mails()).toHaveLength(1)
  })
})

describe('a declaration that expires', () => {
  it('stops counting at that instant, without anybody asking', async () => {
    const { uai, clock, head, job, statusOf } = await aSuite()
    await declare(head, { uai, requirement: 'INF-AUT-5' }, input)
    clock.set('2027-11-16T08:59:59Z')
    await evaluateDue(job)
    expect(await statusOf('INF-AUT-5')).toBe('compliant')
    clock.set('2027-11-16T09:00:00Z')
    await evaluateDue(job)
    expect(await statusOf('INF-AUT-5')).toBe('unknown')
  })
})
