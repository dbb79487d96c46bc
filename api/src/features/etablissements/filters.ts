import { sql, type SQL } from 'drizzle-orm'
import { filtersSchema, type Filters } from './schema.ts'

const ACCENTED = "àâäãçéèêëíîïñóôöõúùûüÿ-’'"
const PLAIN = 'aaaaceeeeiiinoooouuuuy   '

/** In: a text expression. Out: the same without case, accents, hyphens or apostrophes. */
export const folded = (text: SQL): SQL => sql`translate(lower(${text}), ${ACCENTED}, ${PLAIN})`

const escaped = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const foldedWord = (word: string): string =>
  [...word.toLowerCase()].map((sign) => PLAIN[ACCENTED.indexOf(sign)] ?? sign).join('')

/** Every word must stand in the name, the commune or the UAI. */
function searchOf(q: string): SQL[] {
  const words = q
    .split(/[\s\-'’]+/)
    .filter((word) => word !== '')
    .slice(0, 8)
  if (words.length === 0) return []
  const patterns = words.map((word) => sql`${`%${escaped(foldedWord(word))}%`}`)
  return [
    sql`${folded(sql`e.name || ' ' || e.commune || ' ' || e.uai`)} like all (array[${sql.join(patterns, sql`, `)}]::text[])`,
  ]
}

const DAY = 86_400_000
const SILENT_AFTER_DAYS = 7

/** In: now. Out: the condition on `collector_activity a` that says a collector is silent. */
export const silentSince = (now: Date): SQL => sql`(
  a.last_success_at is null
  or a.last_success_at < ${new Date(now.getTime() - SILENT_AFTER_DAYS * DAY).toISOString()}::timestamptz
  or a.last_failure_at > a.last_success_at
)`

/** A requirement without a row is unknown: absence counts there, and nowhere else. */
function statusCondition({ status, service, requirement }: Filters): SQL[] {
  if (requirement !== undefined) {
    const rows = sql`select 1 from requirement_status s where s.uai = e.uai and s.requirement = ${requirement}`
    if (status === undefined) return [sql`not exists (${rows} and s.status = 'not_applicable')`]
    return [
      status === 'unknown'
        ? sql`not exists (${rows} and s.status <> 'unknown')`
        : sql`exists (${rows} and s.status = ${status})`,
    ]
  }
  if (status === undefined) return []
  if (status === 'unknown')
    return [
      service === undefined
        ? sql`not exists (select 1 from etablissement_score s where s.uai = e.uai and s.unknown = 0)`
        : sql`not exists (select 1 from service_rollup r where r.uai = e.uai and r.service = ${service} and r.unknown = 0)`,
    ]
  const inService = service === undefined ? sql`` : sql` and s.service = ${service}`
  return [sql`e.uai in (select s.uai from requirement_status s where s.status = ${status}${inService})`]
}

function freshnessCondition({ freshness, service, requirement }: Filters, now: Date): SQL[] {
  const on = [
    ...(service === undefined ? [] : [sql`and s.service = ${service}`]),
    ...(requirement === undefined ? [] : [sql`and s.requirement = ${requirement}`]),
  ]
  const stale = sql`e.uai in (select s.uai from requirement_status s where s.unknown_reason = 'stale' ${sql.join(on, sql` `)})`
  const silent = sql`e.uai in (select a.uai from collector_activity a where ${silentSince(now)})`
  const seen = sql`exists (select 1 from etablissement_score s where s.uai = e.uai and s.fresh > 0)`
  switch (freshness) {
    case undefined:
      return []
    case 'stale':
      return [stale]
    case 'silent':
      return [silent]
    case 'never':
      return [sql`not ${seen}`]
    case 'fresh':
      return [seen, sql`not ${stale}`, sql`not ${silent}`]
  }
}

const TRUE = sql`true`
const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? TRUE : sql`(${sql.join([...conditions], sql` and `)})`

const among = (column: SQL, codes: readonly string[] | undefined): SQL =>
  codes === undefined || codes.length === 0
    ? TRUE
    : sql`${column} in (${sql.join(
        codes.map((code) => sql`${code}`),
        sql`, `,
      )})`

/** Conditions on `etablissement e`: those of each facet apart, so that a facet can be counted without its own. */
export interface Conditions {
  readonly base: SQL
  readonly facets: {
    readonly type: SQL
    readonly degree: SQL
    readonly departement: SQL
    readonly collectivite: SQL
  }
  /** All of them together. */
  readonly all: SQL
  /** True when nothing narrows the caller's perimeters: every open establishment in them is held. */
  readonly everything: boolean
}

const FILTERS = filtersSchema.keyof().options

/** In: the filters and now. Out: their SQL, by parameters only, on open establishments. */
export function conditionsOf(filters: Filters, now: Date): Conditions {
  const { circonscription, bassin } = filters
  const base = all([
    sql`e.state = 'ouvert'`,
    ...searchOf(filters.q ?? ''),
    ...(circonscription === undefined ? [] : [sql`e.circonscription = ${circonscription}`]),
    ...(bassin === undefined ? [] : [sql`e.bassin = ${bassin}`]),
    ...statusCondition(filters),
    ...freshnessCondition(filters, now),
  ])
  const facets = {
    type: among(sql`e.type`, filters.type),
    degree: filters.degree === undefined ? TRUE : sql`e.degree = ${filters.degree}`,
    departement: among(sql`e.departement`, filters.departement),
    collectivite: among(sql`e.collectivite`, filters.collectivite),
  }
  const everything = FILTERS.every((name) => filters[name] === undefined || filters[name] === '')
  return { base, facets, all: all([base, ...Object.values(facets)]), everything }
}
