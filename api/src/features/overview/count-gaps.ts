import { LEVEL_ORDER, REQUIREMENTS, type Requirement } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'

/** Statuses of one requirement in one degree; `proven` leaves out every unknown, stored or not. */
export interface GapRow {
  readonly requirement: string
  readonly degree: 'd1' | 'd2'
  readonly proven: number
  readonly nonCompliant: number
  readonly notApplicable: number
}

/** Service or requirement to keep, as the filters name them. */
export interface Only {
  readonly service?: string | undefined
  readonly requirement?: string | undefined
}

export const keptBy = (only: Only): readonly Requirement[] =>
  REQUIREMENTS.filter(
    ({ id, service }) => (only.service ?? service) === service && (only.requirement ?? id) === id,
  )

type Failures = ReadonlyMap<string, number>

async function countFailures(tx: Tx, condition: SQL): Promise<Failures> {
  const rows = rowsOf<{ requirement: string; degree: string; count: number }>(
    await tx.execute(sql`
      select s.requirement, e.degree, count(*)::int as count
      from requirement_status s join etablissement e on e.uai = s.uai
      where s.status = 'non_compliant' and ${condition} group by s.requirement, e.degree`),
  )
  return new Map(rows.map((row) => [`${row.requirement} ${row.degree}`, row.count]))
}

const failuresOf = (failures: Failures, id: string): number =>
  (failures.get(`${id} d1`) ?? 0) + (failures.get(`${id} d2`) ?? 0)

const bestLevel = ({ levels }: Requirement): number =>
  Math.min(LEVEL_ORDER.indexOf(levels.d1), LEVEL_ORDER.indexOf(levels.d2))

/** What can reach the first `shown` places: the most failed of each level, or all of it when too few fail. */
function candidatesOf(
  kept: readonly Requirement[],
  failures: Failures,
  shown: number,
): readonly Requirement[] {
  const failed = kept
    .filter(({ id }) => failuresOf(failures, id) > 0)
    .toSorted(
      (a, b) => bestLevel(a) - bestLevel(b) || failuresOf(failures, b.id) - failuresOf(failures, a.id),
    )
  const required = failed.filter((requirement) => bestLevel(requirement) === 0)
  if (required.length < shown) return kept
  const last = failuresOf(failures, required[shown - 1]?.id ?? '')
  return required.filter(({ id }) => failuresOf(failures, id) >= last)
}

/**
 * In: the condition on `etablissement e`, what to keep, how many gaps will be shown. Out: counts per requirement and
 * degree of those that can be among them: failures are counted first, so that few rows are read twice.
 */
export async function countGaps(tx: Tx, condition: SQL, only: Only, shown: number): Promise<GapRow[]> {
  const failures = await countFailures(tx, condition)
  const candidates = candidatesOf(keptBy(only), failures, shown).map(({ id }) => sql`${id}`)
  if (candidates.length === 0) return []
  const rows = rowsOf<Omit<GapRow, 'nonCompliant'>>(
    await tx.execute(sql`
      select asked.requirement, asked.degree, coalesce(held.proven, 0) as proven,
        coalesce(held.not_applicable, 0) as "notApplicable"
      from (
        select r.requirement, d.degree from unnest(array[${sql.join(candidates, sql`, `)}]::text[]) as r (requirement)
        cross join (values ('d1'), ('d2')) as d (degree)
      ) asked left join (
        select s.requirement, e.degree, count(*)::int as proven,
          count(*) filter (where s.status = 'not_applicable')::int as not_applicable
        from requirement_status s join etablissement e on e.uai = s.uai
        where s.status <> 'unknown' and s.requirement in (${sql.join(candidates, sql`, `)}) and ${condition}
        group by s.requirement, e.degree
      ) held on held.requirement = asked.requirement and held.degree = asked.degree`),
  )
  return rows.map((row) => ({
    ...row,
    nonCompliant: failures.get(`${row.requirement} ${row.degree}`) ?? 0,
  }))
}
