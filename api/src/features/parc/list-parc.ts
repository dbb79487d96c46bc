import { schema, type Tx } from '@vigie/db'
import { and, asc, count, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { folded } from '../etablissements/filters.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { LISTED, presentRow } from './machine-row.ts'
import { KIND_LABELS, type Parc, type ParcQuery } from './schema.ts'

const { machine } = schema
const WORDS_LIMIT = 8
const DESCRIPTION = folded(
  sql`${machine.name} || ' ' || coalesce(${machine.serial}, '') || ' ' || coalesce(${machine.model}, '')`,
)

const holds = (text: SQL, word: string) => sql`strpos(${text}, ${folded(sql`${word}::text`)}) > 0`

/** Every word stands in the name, the serial or the model, or in the name of one software. */
function searchOf(q: string | undefined): SQL[] {
  const words = (q ?? '').split(/[\s\-'’]+/).filter((word) => word !== '')
  return words.slice(0, WORDS_LIMIT).map(
    (word) => sql`(${holds(DESCRIPTION, word)} or exists (
      select 1 from machine_software ms where ms.machine_id = ${machine.id} and ms.software_ids && array(
        select s.id from software s where ${holds(folded(sql`s.name`), word)})))`,
  )
}

async function kindsOf(tx: Tx, where: SQL | undefined): Promise<Parc['kinds']> {
  const rows = await tx
    .select({ kind: machine.kind, count: count() })
    .from(machine)
    .where(where)
    .groupBy(machine.kind)
  return rows
    .map((row) => ({ kind: row.kind, label: KIND_LABELS[row.kind], count: row.count }))
    .toSorted((a, b) => b.count - a.count)
}

/** One page of an establishment's machines. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function listParc(ctx: Context, uai: string, query: ParcQuery): Promise<Parc> {
  const identity = authorise(ctx.actor, 'parc:read')
  return ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const searched = and(
      eq(machine.uai, uai),
      query.retired ? isNotNull(machine.retiredAt) : isNull(machine.retiredAt),
      ...searchOf(query.q),
    )
    const kinds = await kindsOf(tx, searched)
    const rows = await tx
      .select(LISTED)
      .from(machine)
      .where(and(searched, query.kind ? eq(machine.kind, query.kind) : undefined))
      .orderBy(asc(machine.name), asc(machine.id))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
    const total = kinds
      .filter(({ kind }) => query.kind === undefined || kind === query.kind)
      .reduce((sum, kind) => sum + kind.count, 0)
    return { total, page: query.page, pageSize: query.pageSize, kinds, rows: rows.map(presentRow) }
  })
}
