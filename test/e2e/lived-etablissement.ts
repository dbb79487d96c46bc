import { deflateSync } from 'node:zlib'
import type { Deps } from '@vigie/api/context'
import { evaluateEtablissements } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { prepareEvidence, recordEvidence } from '@vigie/api/features/evidence/record-evidence.ts'
import { recordFailure } from '@vigie/api/features/evidence/record-failure.ts'
import { receiveInventory } from '@vigie/api/features/inventory/receive-inventory.ts'
import type { EvidenceKey, EvidenceValue } from '@vigie/rules'
import { aClock } from '../support/clock.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aWindowsInventory } from '../support/inventory.ts'

const DAY = 86_400_000

/** Dependencies whose clock starts at the real instant and moves on demand: screens compare with the real one. */
export const depsNow = (db: Deps['db']) => depsOn(db, { clock: aClock(new Date().toISOString()) })

type Observed = Partial<Record<EvidenceKey, EvidenceValue>>

/** A collège whose past can be told, day by day, through the product's own verbs. */
export async function aLivedCollege(db: Deps['db'], name = 'Collège des Essais') {
  const uai = await anEtablissement().college().with({ name, pupils: 412 }).insert(db)
  const at = (daysAgo: number) =>
    contextOf(depsOn(db, { clock: aClock(new Date(Date.now() - daysAgo * DAY).toISOString()) }))
  const evaluate = (daysAgo: number) => evaluateEtablissements(at(daysAgo), [uai])

  async function observe(daysAgo: number, values: Observed, source = 'nas-01'): Promise<void> {
    const ctx = at(daysAgo)
    const observations = Object.entries(values).map(([key, value]) => ({
      key: key as EvidenceKey,
      value,
      observedAt: ctx.clock.now(),
    }))
    await prepareEvidence(ctx, observations)
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordEvidence(tx, ctx, uai, observations, { source, collector: 'essais' }),
    )
    await evaluate(daysAgo)
  }

  async function fail(daysAgo: number, keys: readonly EvidenceKey[]): Promise<void> {
    const ctx = at(daysAgo)
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordFailure(tx, ctx, uai, keys, 'essais', 'Le serveur n’a pas répondu.'),
    )
    await evaluate(daysAgo)
  }

  async function inventory(machines: number): Promise<void> {
    const deps = depsOn(db, { clock: aClock(new Date().toISOString()) })
    const agent = contextOf(deps, { kind: 'collector', id: `agents-${uai}`, uai, login: uai })
    for (let number = 1; number <= machines; number += 1) {
      await receiveInventory(agent, () => Promise.resolve(deflateSync(aWindowsInventory(number))))
    }
  }

  return { uai, observe, fail, evaluate, inventory }
}
