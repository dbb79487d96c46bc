import { recordset, rowsOf, schema, type Tx } from '@vigie/db'
import { inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { planLearning, type LearningPlan, type WatchedMachine } from './plan-learning.ts'

/** Establishments of one transaction. */
const BATCH = 500
/** As the index of the parc has it. */
const WATCHED = sql.raw(`kind in ('server', 'network', 'printer')`)

export interface LearningReport {
  readonly added: number
  readonly moved: number
  readonly removed: number
  readonly renamed: number
}

const NOTHING: LearningReport = { added: 0, moved: 0, removed: 0, renamed: 0 }
const sumOf = (a: LearningReport, b: LearningReport): LearningReport => ({
  added: a.added + b.added,
  moved: a.moved + b.moved,
  removed: a.removed + b.removed,
  renamed: a.renamed + b.renamed,
})

/**
 * Makes the learnt targets follow the servers, network equipment and printers of the parc, over every establishment. Run
 * again, it changes nothing. Errors: `unauthenticated`, `forbidden`.
 */
export async function learnTargets(ctx: Context, signal?: AbortSignal): Promise<LearningReport> {
  const identity = authorise(ctx.actor, 'target:write')
  let report = NOTHING
  for (let after = ''; !signal?.aborted;) {
    const uais = await ctx.db.transact(identity, (tx) => concerned(tx, after))
    const last = uais.at(-1)
    if (last === undefined) break
    after = last
    const learnt = await write(ctx, identity, (tx) => learnBatch(tx, ctx, uais))
    report = sumOf(report, learnt)
  }
  return report
}

/** The next establishments that have a machine to watch, or a target learnt from one. */
const concerned = async (tx: Tx, after: string): Promise<string[]> =>
  rowsOf<{ uai: string }>(
    await tx.execute(sql`
      (select distinct uai from machine where ${WATCHED} and uai > ${after} order by uai limit ${BATCH})
      union
      (select distinct uai from supervision_target where origin = 'learnt' and uai > ${after}
        order by uai limit ${BATCH})
      order by uai limit ${BATCH}`),
  ).map(({ uai }) => uai)

async function learnBatch(tx: Tx, ctx: Context, uais: readonly string[]): Promise<LearningReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('learn-targets'))`)
  const machines = Map.groupBy(await machinesOf(tx, uais), ({ uai }) => uai)
  const { supervisionTarget } = schema
  const known = await tx
    .select()
    .from(supervisionTarget)
    .where(inArray(supervisionTarget.uai, [...uais]))
  const targets = Map.groupBy(known, ({ uai }) => uai)
  let report = NOTHING
  for (const uai of uais) {
    const plan = planLearning(machines.get(uai) ?? [], targets.get(uai) ?? [], ctx.config.reservedNetworks)
    report = sumOf(report, await apply(tx, ctx, uai, plan))
  }
  if (Object.values(report).some((count) => count > 0)) {
    await record(tx, ctx, {
      action: 'target.learn',
      subject: { kind: 'collector', id: 'parc' },
      details: { ...report },
    })
  }
  return report
}

const machinesOf = async (tx: Tx, uais: readonly string[]) => {
  const rows = recordset(
    uais.map((uai) => ({ uai })),
    'r(uai text)',
  )
  return rowsOf<WatchedMachine & { uai: string }>(
    await tx.execute(sql`
      select m.id, m.uai, m.name, m.kind, m.sections->'networks' as networks
      from ${rows} join machine m on m.uai = r.uai
      join etablissement e on e.uai = m.uai and e.state = 'ouvert'
      where m.${WATCHED} and m.retired_at is null`),
  )
}

async function apply(tx: Tx, ctx: Context, uai: string, plan: LearningPlan): Promise<LearningReport> {
  const { supervisionTarget } = schema
  if (plan.remove.length > 0) {
    await tx.delete(supervisionTarget).where(inArray(supervisionTarget.id, [...plan.remove]))
  }
  if (plan.put.length > 0) {
    await tx
      .insert(supervisionTarget)
      .values(
        plan.put.map(({ module, address, label, machineId, former }) => ({
          id: former?.id ?? ctx.random.uuid(),
          uai,
          module,
          address,
          label,
          service: former?.service ?? null,
          machineId,
          origin: 'learnt' as const,
          createdAt: former?.createdAt ?? ctx.clock.now(),
          createdBy: null,
          disabledAt: former?.disabledAt ?? null,
        })),
      )
      .onConflictDoNothing()
  }
  for (const { id, label } of plan.rename) {
    await tx
      .update(supervisionTarget)
      .set({ label })
      .where(inArray(supervisionTarget.id, [id]))
  }
  const moved = plan.put.filter(({ former }) => former !== null).length
  return {
    added: plan.put.length - moved,
    moved,
    removed: plan.remove.length - moved,
    renamed: plan.rename.length,
  }
}
