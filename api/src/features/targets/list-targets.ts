import { schema } from '@vigie/db'
import { SERVICES } from '@vigie/rules'
import { and, asc, eq } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { DECLARED_LIMIT } from './declare-target.ts'
import { MODULES, TARGET_MODULES } from './modules.ts'
import type { Targets } from './schema.ts'
import { presentTarget } from './target-row.ts'

/** What Prometheus watches at an establishment. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function listTargets(ctx: Context, uai: string): Promise<Targets> {
  const identity = authorise(ctx.actor, 'target:read')
  const { supervisionTarget, machine } = schema
  const found = await ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    return tx
      .select({ row: supervisionTarget, machineName: machine.name })
      .from(supervisionTarget)
      .leftJoin(
        machine,
        and(eq(machine.id, supervisionTarget.machineId), eq(machine.uai, supervisionTarget.uai)),
      )
      .where(eq(supervisionTarget.uai, uai))
      .orderBy(asc(supervisionTarget.label), asc(supervisionTarget.module), asc(supervisionTarget.address))
  })
  const rows = found.map(({ row, machineName }) => presentTarget(row, machineName))
  return {
    rows,
    declared: { count: rows.filter(({ origin }) => origin === 'declared').length, limit: DECLARED_LIMIT },
    canWrite: may(ctx.actor, 'target:write'),
    modules: TARGET_MODULES.map((module) => ({ module, ...MODULES[module] })),
    services: SERVICES.map(({ id, name }) => ({ service: id, name })),
  }
}
