import { schema, type Database } from '@vigie/db'
import type { Actor } from '@vigie/api/access'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aPdf } from '@vigie/test/support/proof-file.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { purgeProofsJob } from '../../jobs/purge-proofs.ts'
import { declare } from '../declarations/declare.ts'
import { purgeUnattached } from './purge-unattached.ts'
import { storeProof } from './store-proof.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

it('removes what nothing cites after thirty days, content included, and keeps the rest', async () => {
  const uai = await anEtablissement().insert(db)
  const clock = aClock('2026-11-16T09:00:00Z')
  const deps = depsOn(db, { clock, random: aRandom(77) })
  const head: Actor = {
    ...{ kind: 'account', id: deps.random.uuid(), login: 'direction', displayName: 'Direction' },
    grants: [{ role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: uai } }],
  }
  const ctx = contextOf(deps, head)
  const send = (mark: string) =>
    storeProof(ctx, { uai }, { file: { name: `${mark}.pdf`, content: aPdf(mark) } })
  const cited = await send('cited')
  await send('forgotten')
  await declare(
    ctx,
    { uai, requirement: 'INF-AUT-5' },
    { verdict: 'compliant', comment: 'Voir la charte', proofIds: [cited.id] },
  )
  clock.set('2026-12-01T09:00:00Z')
  const young = await send('young')
  clock.set('2026-12-16T09:00:00Z')
  expect(await purgeUnattached(contextOf(deps))).toBe(0)
  clock.set('2026-12-16T09:00:01Z')
  expect(await purgeUnattached(contextOf(deps))).toBe(1)
  await purgeProofsJob.run(contextOf(deps), new AbortController().signal)
  const left = await db.asOwner(async (tx) => [
    (await tx.select({ id: schema.proof.id }).from(schema.proof)).map(({ id }) => id).toSorted(),
    (await tx.select({ id: schema.proofContent.proofId }).from(schema.proofContent))
      .map(({ id }) => id)
      .toSorted(),
  ])
  expect(left).toEqual([[cited.id, young.id].toSorted(), [cited.id, young.id].toSorted()])
})
