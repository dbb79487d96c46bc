import { recordset, schema, type Tx } from '@vigie/db'
import { eq, inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError, type InputFault } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { rangesOf } from './read-retention-range.ts'
import { reportLogEvidence } from './report-log-evidence.ts'
import { DEFAULT_RANGE, judgeRetention, retentionDaysOf } from './retention.ts'
import type { LogStores, LogStoresAnswer } from './schema.ts'

type Store = LogStores['stores'][number]
const AHEAD_MS = 600_000

interface Known {
  readonly id: string
  readonly uai: string
  readonly label: string
  readonly academie: string
}

async function knownSources(tx: Tx, stores: readonly Store[]): Promise<ReadonlyMap<string, Known>> {
  const { logSource, etablissement } = schema
  const rows = await tx
    .select({
      ...{ id: logSource.id, uai: logSource.uai, label: logSource.label },
      academie: etablissement.academie,
    })
    .from(logSource)
    .innerJoin(etablissement, eq(etablissement.uai, logSource.uai))
    .where(
      inArray(
        logSource.id,
        stores.map(({ source }) => source),
      ),
    )
  return new Map(rows.map((row) => [row.id, row]))
}

function refuseFaults(stores: readonly Store[], known: ReadonlyMap<string, Known>, now: Date): void {
  const seen = new Set<string>()
  const errors = stores.flatMap(({ source, newestAt }, position): InputFault[] => {
    const twice = seen.has(source)
    seen.add(source)
    const at = `/stores/${position}`
    return [
      ...(known.has(source)
        ? []
        : [{ pointer: `${at}/source`, detail: 'source inconnue : vérifiez l’identifiant donné par Vigie' }]),
      ...(twice ? [{ pointer: `${at}/source`, detail: 'source donnée deux fois' }] : []),
      ...(new Date(newestAt).getTime() > now.getTime() + AHEAD_MS
        ? [{ pointer: `${at}/newestAt`, detail: 'date à venir : mettez la machine à l’heure' }]
        : []),
    ]
  })
  if (errors.length > 0)
    throw new AppError('invalid_input', 'L’envoi contient des erreurs : rien n’a été enregistré.', { errors })
}

const keep = (tx: Tx, stores: readonly Store[], now: Date) =>
  tx.execute(sql`
    insert into log_store as held (source_id, seen_on, seen_at, oldest_at, newest_at, bytes, free_bytes, capacity_bytes,
      archived, in_service_since)
    select r.source, ${now.toISOString()}::timestamptz::date, ${now.toISOString()}::timestamptz, r."oldestAt", r."newestAt",
      r.bytes, r."freeBytes", r."capacityBytes", r.archived, r."inServiceSince"
    from ${recordset(
      stores,
      `r(source uuid, "oldestAt" timestamptz, "newestAt" timestamptz, bytes bigint, "freeBytes" bigint,
        "capacityBytes" bigint, archived boolean, "inServiceSince" date)`,
    )} order by r.source
    on conflict (source_id, seen_on) do update set seen_at = excluded.seen_at, oldest_at = excluded.oldest_at,
      newest_at = excluded.newest_at, bytes = excluded.bytes, free_bytes = excluded.free_bytes,
      capacity_bytes = excluded.capacity_bytes, archived = excluded.archived,
      in_service_since = excluded.in_service_since`)

/**
 * Receives what machines say that their own stores of journals hold, once a day; nothing of their content. A dry run
 * checks and judges, and keeps nothing. Errors: `unauthenticated`, `forbidden`, `invalid_input` naming every fault.
 */
export async function receiveLogStores(
  ctx: Context,
  { stores }: LogStores,
  dryRun: boolean,
): Promise<LogStoresAnswer> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const now = ctx.clock.now()
  const answer = await write(ctx, identity, async (tx) => {
    const known = await knownSources(tx, stores)
    refuseFaults(stores, known, now)
    const ranges = await rangesOf(
      tx,
      [...known.values()].map(({ academie }) => academie),
    )
    if (!dryRun) {
      await keep(tx, stores, now)
      const [only, ...others] = new Set([...known.values()].map(({ uai }) => uai))
      await record(tx, ctx, {
        action: 'log_store.receive',
        subject: { kind: 'collector', id: 'log-stores' },
        ...(only !== undefined && others.length === 0 ? { uai: only } : {}),
        details: { sources: stores.length },
      })
    }
    return stores.map((store) => {
      const source = known.get(store.source)
      const reading = { ...store, seenAt: now, oldestAt: new Date(store.oldestAt) }
      const range = (source && ranges.get(source.academie)) ?? DEFAULT_RANGE
      return {
        ...{ source: store.source, uai: source?.uai ?? '', label: source?.label ?? '' },
        retention: judgeRetention(reading, range, now),
        retentionDays: Math.floor(retentionDaysOf(reading)),
      }
    })
  })
  if (!dryRun) for (const uai of new Set(answer.map((store) => store.uai))) await reportLogEvidence(ctx, uai)
  return { recorded: !dryRun, stores: answer }
}
