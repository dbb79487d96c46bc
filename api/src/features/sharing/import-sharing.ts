import { FileRefusal, readSharing, type SharingRecord } from '@vigie/collectors'
import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

export interface RefusedSharingLine {
  readonly line: number
  readonly field: string
  readonly reason: string
}

/** What an import of the sharing table did. */
export interface SharingReport {
  readonly fileName: string
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Departures of the file's académies that the file no longer names. */
  readonly removed: number
  readonly refusals: readonly RefusedSharingLine[]
}

/**
 * Imports the departures from the default sharing of responsibilities, in one transaction. The file holds the whole
 * table of each académie that it names: what it no longer says returns to the default, unless a row was refused.
 * Errors: `invalid_input` when the file as a whole cannot be read.
 */
export async function importSharing(
  ctx: Context,
  file: { readonly stream: AsyncIterable<Uint8Array>; readonly fileName: string },
): Promise<SharingReport> {
  const identity = authorise(ctx.actor, 'territory:import')
  const { records, refusals } = await readAll(file.stream)
  return write(ctx, identity, async (tx) => {
    const counts = await upsert(tx, records)
    const removed = refusals.length > 0 ? 0 : await removeOthers(tx, records)
    const report = { fileName: file.fileName, rows: records.length + refusals.length, ...counts, removed }
    await record(tx, ctx, {
      action: 'partage.import',
      subject: { kind: 'partage', id: file.fileName },
      details: { ...report, refused: refusals.length },
    })
    return { ...report, refusals }
  })
}

/** At most 35 académies × 2 degrees × 163 requirements are accepted: held whole. */
async function readAll(stream: AsyncIterable<Uint8Array>) {
  const records: SharingRecord[] = []
  const refusals: RefusedSharingLine[] = []
  try {
    for await (const item of readSharing(stream)) {
      if (item.kind === 'record') records.push(item.record)
      else refusals.push({ line: item.line, field: item.field, reason: item.reason })
    }
    return { records, refusals }
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    const errors = error.line === null ? [] : [{ pointer: `ligne ${error.line}`, detail: error.reason }]
    const detail = `Le fichier est refusé en entier et rien n’a changé : ${error.reason}`
    throw new AppError('invalid_input', detail, { errors })
  }
}

type Counts = Pick<SharingReport, 'created' | 'updated' | 'unchanged'>

const incoming = (records: readonly SharingRecord[]) =>
  recordset(records, 'r(academie text, degree text, requirement text, party text)')

async function upsert(tx: Tx, records: readonly SharingRecord[]): Promise<Counts> {
  const result = await tx.execute(sql`
    with judged as (
      select r.*, case when held.party is null then 'created' when held.party = r.party then 'unchanged' else 'updated' end as change
      from ${incoming(records)} left join sharing_override held using (academie, degree, requirement)
    ), written as (
      insert into sharing_override (academie, degree, requirement, party)
      select academie, degree, requirement, party from judged where change <> 'unchanged'
      on conflict (academie, degree, requirement) do update set party = excluded.party
    )
    select change, count(*)::int as rows from judged group by change`)
  const counts = { created: 0, updated: 0, unchanged: 0 }
  for (const { change, rows } of rowsOf<{ change: keyof Counts; rows: number }>(result)) counts[change] = rows
  return counts
}

async function removeOthers(tx: Tx, records: readonly SharingRecord[]): Promise<number> {
  const result = await tx.execute(sql`
    with kept as (select * from ${incoming(records)}), removed as (
      delete from sharing_override held
      where held.academie in (select academie from kept) and not exists (
        select 1 from kept where kept.academie = held.academie and kept.degree = held.degree
          and kept.requirement = held.requirement)
      returning 1
    )
    select count(*)::int as removed from removed`)
  return rowsOf<{ removed: number }>(result)[0]?.removed ?? 0
}
