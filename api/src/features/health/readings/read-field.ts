import type { BackupReading, CollectorReading, ParcReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

const DAY_MS = 86_400_000
/** Days after which a machine is no longer followed by its agent, and years after which it is aged. */
const REPORTING_DAYS = 30
const AGED_YEARS = 7
/** Age from which MCO-SVG-1 finds that backups no longer run as they should. */
export const LATE_HOURS = 48
/** Series of collectors at most: their names come from this deployment's own configuration. */
const COLLECTORS_SHOWN = 50

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS).toISOString()

interface KindRow {
  readonly academie: string
  readonly departement: string
  /** Null: no machine there. */
  readonly kind: string | null
  readonly machines: number
  readonly reporting: number
  readonly aged: number
}

/** Machines in service of the open establishments. */
export async function readParc(tx: Tx, now: Date): Promise<ParcReading> {
  const agedBefore = daysBefore(now, AGED_YEARS * 365.25).slice(0, 10)
  const rows = rowsOf<KindRow>(
    await tx.execute(sql`
      select e.academie, e.departement, m.kind, count(m.id)::int as machines,
        count(*) filter (where m.last_inventory_at > ${daysBefore(now, REPORTING_DAYS)}::timestamptz)::int as reporting,
        count(*) filter (where m.bios_date < ${agedBefore})::int as aged
      from etablissement e left join machine m on m.uai = e.uai and m.retired_at is null
      where e.state = 'ouvert' group by 1, 2, 3`),
  )
  const places = Map.groupBy(rows, ({ academie, departement }) => JSON.stringify([academie, departement]))
  return {
    kinds: rows.flatMap(({ kind, ...row }) => (kind === null ? [] : [{ ...row, kind }])),
    departements: [...places.values()].flatMap((own) => {
      const [first] = own
      const sum = (of: (row: KindRow) => number) => own.reduce((total, row) => total + of(row), 0)
      return first ? [{ ...first, reporting: sum((row) => row.reporting), aged: sum((row) => row.aged) }] : []
    }),
  }
}

/** Backups as the newest evidence tells them, grown older since. */
export async function readBackups(tx: Tx, now: Date): Promise<BackupReading> {
  return rowsOf<BackupReading[number]>(
    await tx.execute(sql`
      select e.academie, e.departement, count(b.uai)::int as watched,
        count(*) filter (where b.observed_at - (b.value #>> '{}')::float8 * interval '1 hour'
          < ${now.toISOString()}::timestamptz - make_interval(hours => ${LATE_HOURS}::int))::int as late
      from etablissement e left join evidence_current b on b.uai = e.uai and b.key = 'backup.last_success_age'
      where e.state = 'ouvert' group by 1, 2`),
  )
}

/** Newest run of each collector that Vigie runs, and the establishments that fell silent. */
export async function readCollectors(tx: Tx, now: Date): Promise<CollectorReading> {
  const collectors = rowsOf<CollectorReading['collectors'][number]>(
    await tx.execute(sql`
      select collector, outcome <> 'failed' as success, duration_ms / 1000.0::float8 as "durationSeconds",
        extract(epoch from last_success_at)::float8 as "lastSuccess"
      from collector_newest_run order by started_at desc, collector limit ${COLLECTORS_SHOWN}`),
  )
  const silent = rowsOf<CollectorReading['silent'][number]>(
    await tx.execute(sql`
      select e.academie, e.departement, count(distinct s.uai)::int as etablissements
      from etablissement e left join (
        select uai, collector from evidence_current group by 1, 2
        having max(expires_at) <= ${now.toISOString()}::timestamptz
      ) s on s.uai = e.uai
      where e.state = 'ouvert' group by 1, 2`),
  )
  return { collectors, silent }
}
