import { schema, type Tx } from '@vigie/db'
import { asc, eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { nameAuthors } from './people.ts'
import { presentScan, selectScans } from './scans.ts'
import type { Bordereau } from './schema.ts'
import { presentSummary, selectSummaries } from './summaries.ts'

const { bordereau, otpKey } = schema

export const unknownBordereau = () =>
  new AppError('not_found', 'Ce bordereau n’existe pas dans votre périmètre.')

async function serialsOf(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx
    .select({ serial: otpKey.serial })
    .from(otpKey)
    .where(sql`${otpKey.id} = any(array(select unnest(b.key_ids) from bordereau b where b.id = ${id}))`)
    .orderBy(asc(otpKey.serial))
  return rows.map((row) => row.serial)
}

/** One slip, its keys and its scans, without their content. Errors: `forbidden`, `not_found`. */
export async function readBordereau(ctx: Context, id: string): Promise<Bordereau> {
  const identity = authorise(ctx.actor, 'key:read')
  const found = await ctx.db.transact(identity, async (tx) => {
    const [row] = await selectSummaries(tx).where(eq(bordereau.id, id))
    if (!row) throw unknownBordereau()
    return { row, keySerials: await serialsOf(tx, id), scans: await selectScans(tx, id) }
  })
  const nameOf = await nameAuthors(ctx, [found.row.createdBy, ...found.scans.map((scan) => scan.uploadedBy)])
  return {
    ...presentSummary(found.row, ctx.clock.now(), nameOf),
    sha256: found.row.sha256,
    keySerials: found.keySerials,
    scans: found.scans.map((scan) => presentScan(scan, nameOf)),
  }
}
