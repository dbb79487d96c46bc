import { schema, type Tx } from '@vigie/db'
import { and, count, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { situationsOf } from './facts.ts'
import type { ProcedureFilters, ProcedureSummary } from './schema.ts'
import { summarise } from './summarise.ts'

const { keyProcedure } = schema
const PAGE_SIZE = 50

/** Cases of the caller's perimeters: open ones first, the most urgent on top. Errors: `forbidden`. */
export async function listProcedures(ctx: Context, { kind, open, page }: ProcedureFilters) {
  const now = ctx.clock.now()
  const today = now.toISOString().slice(0, 10)
  const where = and(
    ...(kind ? [eq(keyProcedure.kind, kind)] : []),
    ...(open ? [open === 'true' ? isNull(keyProcedure.closedAt) : isNotNull(keyProcedure.closedAt)] : []),
  )
  return ctx.db.transact(authorise(ctx.actor, 'key:read'), async (tx) => {
    const late = sql`${keyProcedure.closedAt} is null and ${keyProcedure.dueOn} < ${today}::date`
    const [counted] = await tx
      .select({
        total: count(),
        open: tally(sql`${keyProcedure.closedAt} is null`),
        overdue: tally(late),
      })
      .from(keyProcedure)
      .where(where)
    const rows = await tx
      .select()
      .from(keyProcedure)
      .where(where)
      .orderBy(
        sql`${keyProcedure.closedAt} is not null`,
        sql`${keyProcedure.dueOn} asc nulls last`,
        desc(keyProcedure.openedAt),
        keyProcedure.id,
      )
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE)
    return {
      rows: await summaries(tx, rows, now),
      total: counted?.total ?? 0,
      open: counted?.open ?? 0,
      overdue: counted?.overdue ?? 0,
      page,
      pageSize: PAGE_SIZE,
    }
  })
}

const tally = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`

const summaries = async (tx: Tx, rows: Parameters<typeof situationsOf>[1], now: Date) =>
  (await situationsOf(tx, rows)).flatMap((situation) => summarise(situation, now) ?? [])

/** In: the caller's transaction and a holder. Out: the cases in which that holder takes part, newest first. */
export async function proceduresOf(tx: Tx, ctx: Context, holderId: string): Promise<ProcedureSummary[]> {
  const rows = await tx
    .select()
    .from(keyProcedure)
    .where(sql`${keyProcedure.holderId} = ${holderId} or ${keyProcedure.otherHolderId} = ${holderId}`)
    .orderBy(desc(keyProcedure.openedAt))
    .limit(PAGE_SIZE)
  return summaries(tx, rows, ctx.clock.now())
}
