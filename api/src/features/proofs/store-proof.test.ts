import type { Database } from '@vigie/db'
import type { Actor } from '@vigie/api/access'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aPdf } from '@vigie/test/support/proof-file.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { declare } from '../declarations/declare.ts'
import { purgeUnattached } from './purge-unattached.ts'
import { storeProof } from './store-proof.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function aHead() {
  const uai = await anEtablissement().insert(db)
  const clock = aClock('2026-11-16T09:00:00Z')
  const deps = depsOn(db, { clock, random: aRandom(78) })
  const head: Actor = {
    ...{ kind: 'account', id: deps.random.uuid(), login: 'direction', displayName: 'Direction' },
    grants: [{ role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: uai } }],
  }
  const ctx = contextOf(deps, head)
  const send = (mark: string, effectiveOn?: string) =>
    storeProof(ctx, { uai }, { file: { name: `${mark}.pdf`, content: aPdf(mark) }, effectiveOn })
  return { uai, clock, deps, ctx, send }
}

it('waits anew for what was sent again, under the day that was given last', async () => {
  const { uai, clock, deps, ctx, send } = await aHead()
  const first = await send('again', '2025-01-01')
  clock.set('2026-12-15T09:00:00Z')
  expect(await send('again', '2026-01-01')).toMatchObject({
    ...{ id: first.id, alreadyHeld: true, effectiveOn: '2026-01-01' },
    uploadedAt: '2026-12-15T09:00:00.000Z',
  })
  clock.set('2026-12-20T09:00:00Z')
  await purgeUnattached(contextOf(deps))
  const saying = { verdict: 'compliant' as const, comment: 'Voir la charte', proofIds: [first.id] }
  await declare(ctx, { uai, requirement: 'INF-AUT-5' }, saying)
  clock.set('2026-12-21T09:00:00Z')
  expect(await send('again', '2024-01-01'), 'what a declaration cites stays as it was').toMatchObject({
    ...{ effectiveOn: '2026-01-01', uploadedAt: '2026-12-15T09:00:00.000Z' },
  })
})
