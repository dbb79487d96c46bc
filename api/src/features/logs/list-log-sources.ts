import { schema } from '@vigie/db'
import { and, asc, count, eq, ilike } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { LogSources } from './schema.ts'
import { presentSources } from './source-row.ts'

/** Rows of one answer; a search narrows them. */
const SHOWN = 200

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

/** Sources of journals of the caller's perimeter, by establishment. Errors: `unauthenticated`, `forbidden`. */
export async function listLogSources(ctx: Context, query: { uai?: string; q?: string }): Promise<LogSources> {
  const identity = authorise(ctx.actor, 'log:read')
  const { logSource, etablissement } = schema
  const wanted = and(
    query.uai === undefined ? undefined : eq(logSource.uai, query.uai.toUpperCase()),
    query.q ? ilike(logSource.label, `%${escaped(query.q)}%`) : undefined,
  )
  return ctx.db.transact(identity, async (tx) => {
    const sources = await tx
      .select({ row: logSource, etablissement: etablissement.name, academie: etablissement.academie })
      .from(logSource)
      .innerJoin(etablissement, eq(etablissement.uai, logSource.uai))
      .where(wanted)
      .orderBy(asc(etablissement.name), asc(logSource.label), asc(logSource.id))
      .limit(SHOWN)
    const [all] = await tx.select({ total: count() }).from(logSource).where(wanted)
    return {
      rows: await presentSources(ctx, tx, sources),
      total: all?.total ?? 0,
      canManage: may(ctx.actor, 'log_source:manage'),
    }
  })
}
