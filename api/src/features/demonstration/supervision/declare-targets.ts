import { schema } from '@vigie/db'
import type { Context } from '../../../context.ts'
import { declareTarget } from '../../targets/declare-target.ts'
import { learnTargets } from '../../targets/learn-targets.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'
import { PROFILES } from '../plan/profiles.ts'
import { watchedOf } from './watched-services.ts'

/** What the académie has watched: declared site by site, and learnt from the servers that agents reported. */
export async function declareTargets(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const { supervisionTarget } = schema
  const known = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.selectDistinct({ uai: supervisionTarget.uai }).from(supervisionTarget),
  )
  const done = new Set(known.map(({ uai }) => uai))
  for (const item of items) {
    if (done.has(item.uai) || item.closedOn !== null || PROFILES[item.profile].coverage === 0) continue
    for (const { module, label, service, address } of watchedOf(item)) {
      await declareTarget(ctx, item.uai, {
        module,
        label,
        service,
        address: address(item.uai),
        machineId: null,
      })
    }
  }
  await learnTargets(ctx)
}
