import { createHash } from 'node:crypto'
import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { followSequence, sequenceBefore, type Gap } from './follow-sequence.ts'
import { addCounts, hourCounts, type Batch, type Counts, type SourceBatch } from './tally.ts'

const WORKER = { role: 'vigie_worker' } as const

/** Emitters of one source whose sequence is kept: those beyond are counted without it. */
const EMITTERS_KEPT = 2_000

interface SequenceRow {
  readonly sourceId: string
  readonly emitter: string
  readonly last: number
  readonly gaps: readonly Gap[]
}

interface HourRow extends Counts {
  readonly sourceId: string
  readonly hour: string
  readonly missing: number
  readonly repeated: number
}

const digest = (emitter: string): string =>
  createHash('sha256').update(emitter, 'utf8').digest('base64url').slice(0, 22)

/**
 * Adds a batch to what is kept, and moves the sequences, in one transaction: a message sent again after a failure is
 * recognised by the number that was committed with it. Out: the sources that exist and are not disabled; what the others
 * sent is dropped.
 */
export function commitBatch(ctx: Context, batch: Batch): Promise<ReadonlySet<string>> {
  const at = ctx.clock.now()
  return ctx.db.transact(WORKER, async (tx) => {
    const live = await lockSources(tx, [...batch.sources.keys()], at)
    const kept = [...batch.sources].filter(([id]) => live.has(id))
    const known = await knownSequences(tx, [...live.keys()])
    const sequences: SequenceRow[] = []
    const hours: HourRow[] = []
    for (const [sourceId, source] of kept) {
      const counted = countSource(source, known.get(sourceId) ?? new Map(), live.get(sourceId) ?? 0)
      sequences.push(...counted.sequences.map((row) => ({ ...row, sourceId })))
      hours.push(...counted.hours.map((row) => ({ ...row, sourceId })))
    }
    await keepSequences(tx, sequences, at)
    await addHours(tx, hours)
    return new Set(live.keys())
  })
}

/**
 * The locks come first, in order: two processes follow the same sequence one after the other. Out: when each source that
 * is live was declared (Unix time, ms).
 */
async function lockSources(tx: Tx, ids: readonly string[], at: Date): Promise<Map<string, number>> {
  const list = recordset(
    ids.map((id) => ({ id })),
    'r(id uuid)',
  )
  const found = await tx.execute(sql`
    select s.id::text as id, (extract(epoch from s.created_at) * 1000)::float8 as declared from log_source s join ${list} on r.id = s.id
    where s.disabled_at is null order by s.id for update of s`)
  const live = rowsOf<{ id: string; declared: number }>(found)
  await tx.execute(sql`
    update log_source set last_message_at = ${at.toISOString()}::timestamptz
    where id in (select r.id from ${list}) and disabled_at is null`)
  return new Map(live.map(({ id, declared }) => [id, declared]))
}

async function knownSequences(tx: Tx, ids: readonly string[]) {
  const list = recordset(
    ids.map((id) => ({ id })),
    'r(id uuid)',
  )
  const found = await tx.execute(sql`
    select q.source_id::text as "sourceId", q.emitter, q.last::float8 as last, q.gaps
    from log_sequence q join ${list} on r.id = q.source_id`)
  const known = new Map<string, Map<string, SequenceRow>>()
  for (const row of rowsOf<SequenceRow>(found)) {
    const of = known.get(row.sourceId) ?? new Map<string, SequenceRow>()
    known.set(row.sourceId, of.set(row.emitter, row))
  }
  return known
}

type Extra = { missing: number; repeated: number }

/** In: a batch, the sequences that are known, when the source was declared. */
function countSource(source: SourceBatch, known: ReadonlyMap<string, SequenceRow>, declared: number) {
  const hours = new Map([...source.hours].map(([hour, counts]) => [hour, { ...counts }]))
  const extras = new Map<number, Extra>()
  const extra = (hour: number): Extra => {
    const of = extras.get(hour) ?? { missing: 0, repeated: 0 }
    extras.set(hour, of)
    return of
  }
  const sequences: Omit<SequenceRow, 'sourceId'>[] = []
  for (const [name, { fromOne, began, messages }] of source.emitters) {
    const emitter = digest(name)
    const held = known.get(emitter) ?? null
    if (!held && known.size + sequences.length >= EMITTERS_KEPT) {
      for (const { hour, counts } of messages) addCounts(hourCounts(hours, hour), counts)
      continue
    }
    // A life that began before its source was declared (anew) sent its first numbers to nobody.
    const before = held ?? (began !== null && began < declared ? sequenceBefore(messages) : null)
    const followed = followSequence(before, fromOne, messages)
    for (const { hour, counts } of followed.fresh) addCounts(hourCounts(hours, hour), counts)
    for (const [hour, count] of followed.repeated) extra(hour).repeated += count
    for (const [hour, count] of followed.missing) extra(hour).missing += count
    sequences.push({ emitter, ...followed.state })
  }
  const rows = new Set([...hours.keys(), ...extras.keys()])
  return {
    sequences,
    hours: [...rows].map((hour) => ({
      ...hourCounts(hours, hour),
      ...extra(hour),
      hour: new Date(hour).toISOString(),
    })),
  }
}

async function keepSequences(tx: Tx, rows: readonly SequenceRow[], at: Date): Promise<void> {
  if (rows.length === 0) return
  const list = recordset(rows, 'r("sourceId" uuid, emitter text, last bigint, gaps jsonb)')
  await tx.execute(sql`
    insert into log_sequence as held (source_id, emitter, last, gaps, seen_at)
    select r."sourceId", r.emitter, r.last, r.gaps, ${at.toISOString()}::timestamptz from ${list}
    on conflict (source_id, emitter) do update set
      last = excluded.last, gaps = excluded.gaps, seen_at = excluded.seen_at`)
}

async function addHours(tx: Tx, rows: readonly HourRow[]): Promise<void> {
  if (rows.length === 0) return
  const list = recordset(
    rows,
    `r("sourceId" uuid, hour timestamptz, received bigint, structured bigint, "loginAccepted" bigint,
      "loginRefused" bigint, "mailSent" bigint, "mailAuthored" bigint, missing bigint, repeated bigint)`,
  )
  await tx.execute(sql`
    insert into log_hour as held (source_id, hour, received, structured, login_accepted, login_refused, mail_sent,
      mail_authored, missing, repeated)
    select r."sourceId", r.hour, r.received, r.structured, r."loginAccepted", r."loginRefused", r."mailSent",
      r."mailAuthored", r.missing, r.repeated from ${list}
    on conflict (source_id, hour) do update set
      received = held.received + excluded.received, structured = held.structured + excluded.structured,
      login_accepted = held.login_accepted + excluded.login_accepted,
      login_refused = held.login_refused + excluded.login_refused,
      mail_sent = held.mail_sent + excluded.mail_sent, mail_authored = held.mail_authored + excluded.mail_authored,
      missing = held.missing + excluded.missing, repeated = held.repeated + excluded.repeated`)
}
