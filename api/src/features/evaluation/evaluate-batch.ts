import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { recountProgress } from '../campaigns/recount-progress.ts'
import { judge } from './judge.ts'
import { loadStates } from './stored.ts'
import { writeJudgements } from './write-judgements.ts'

/** Establishments of one transaction: bounds its memory and the time during which it holds them. */
export const BATCH_SIZE = 100

/** What a run did. `changes` counts the moves of a status, of a verdict or of what counts. */
export interface EvaluationReport {
  readonly etablissements: number
  readonly changes: number
}

export const NOTHING: EvaluationReport = { etablissements: 0, changes: 0 }

export const added = (a: EvaluationReport, b: EvaluationReport): EvaluationReport => ({
  etablissements: a.etablissements + b.etablissements,
  changes: a.changes + b.changes,
})

/**
 * Evaluates these establishments in the caller's transaction, under the worker's identity, and plans their next
 * evaluation. Holds their row of `evaluation_due`: evidence that arrives meanwhile waits, then makes them due again.
 */
export async function evaluateBatch(
  tx: Tx,
  ctx: Context,
  uais: readonly string[],
): Promise<EvaluationReport> {
  if (uais.length === 0) return NOTHING
  const at = ctx.clock.now()
  await hold(tx, uais, at)
  const states = await loadStates(tx, uais)
  await release(
    tx,
    uais,
    states.map(({ uai }) => uai),
  )
  if (states.length === 0) return NOTHING
  const judgements = states.map((state) => judge(state, at.getTime()))
  await writeJudgements(tx, judgements, at)
  await recountProgress(tx, { uais: judgements.map(({ uai }) => uai) }, at)
  const report = {
    etablissements: judgements.length,
    changes: judgements.reduce((sum, { changes }) => sum + changes.length, 0),
  }
  const only = judgements.length === 1 ? judgements[0] : undefined
  await record(tx, ctx, {
    action: 'evaluation.run',
    subject: only ? { kind: 'etablissement', id: only.uai } : { kind: 'lot', id: at.toISOString() },
    ...(only ? { uai: only.uai } : {}),
    details: { ...report },
  })
  return report
}

/** Takes the row of each establishment, in the order of their UAI as every other writer does. */
const hold = (tx: Tx, uais: readonly string[], at: Date) =>
  tx.execute(sql`
    insert into evaluation_due as planned (uai, due_at)
    select distinct r.uai, ${at.toISOString()}::timestamptz from ${recordset(
      uais.map((uai) => ({ uai })),
      'r(uai text)',
    )} order by r.uai
    on conflict (uai) do update set due_at = planned.due_at`)

/** An establishment that is closed or unknown is due no more. */
async function release(tx: Tx, uais: readonly string[], evaluated: readonly string[]): Promise<void> {
  const kept = new Set(evaluated)
  const rows = uais.filter((uai) => !kept.has(uai)).map((uai) => ({ uai }))
  if (rows.length === 0) return
  await tx.execute(sql`
    delete from evaluation_due d using ${recordset(rows, 'r(uai text)')} where d.uai = r.uai`)
}

/**
 * Takes at most one batch of the establishments whose evaluation is due and that no other process has taken, and
 * evaluates it. Out: null when nothing was due.
 */
export async function evaluateDueBatch(tx: Tx, ctx: Context): Promise<EvaluationReport | null> {
  const result = await tx.execute(sql`
    select uai from evaluation_due where due_at <= ${ctx.clock.now().toISOString()}::timestamptz
    order by due_at, uai limit ${BATCH_SIZE} for update skip locked`)
  const uais = rowsOf<{ uai: string }>(result).map(({ uai }) => uai)
  return uais.length === 0 ? null : evaluateBatch(tx, ctx, uais)
}
