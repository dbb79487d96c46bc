import type { AnnuaireRecord } from '@vigie/collectors'
import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { ChangeCounts } from './import-report.ts'

/** Columns that the annuaire decides, with their type in the record set. */
const COLUMNS = {
  name: 'text',
  type: 'text',
  degree: 'text',
  sector: 'text',
  commune_code: 'text',
  commune: 'text',
  departement: 'text',
  academie: 'text',
  region: 'text',
  circonscription: 'text',
  circonscription_name: 'text',
  bassin: 'text',
  bassin_name: 'text',
  collectivite: 'text',
  pupils: 'int',
  latitude: 'float8',
  longitude: 'float8',
  opened_on: 'date',
  closed_on: 'date',
  state: 'text',
  mother_uai: 'text',
} as const
type Column = keyof typeof COLUMNS

const NAMES = Object.keys(COLUMNS) as Column[]
const RECORDSET = `r(uai text, ${NAMES.map((name) => `${name} ${COLUMNS[name]}`).join(', ')})`
const list = (prefix: string) => sql.raw(NAMES.map((name) => `${prefix}.${name}`).join(', '))

const asRow = (record: AnnuaireRecord): Record<Column | 'uai', unknown> => ({
  uai: record.uai,
  name: record.name,
  type: record.type,
  degree: record.degree,
  sector: record.sector,
  commune_code: record.communeCode,
  commune: record.commune,
  departement: record.departement,
  academie: record.academie,
  region: record.region,
  circonscription: record.circonscription,
  circonscription_name: record.circonscriptionName,
  bassin: record.bassin,
  bassin_name: record.bassinName,
  collectivite: record.collectivite,
  pupils: record.pupils,
  latitude: record.latitude,
  longitude: record.longitude,
  opened_on: record.openedOn,
  closed_on: record.closedOn,
  state: record.state,
  mother_uai: record.motherUai,
})

/**
 * Writes a batch of distinct establishments in one statement. A closed one without a date of closing keeps the date
 * already known, else gets `at`. Those that are new, reopened or of another degree are due for evaluation.
 */
export async function upsertEtablissements(
  tx: Tx,
  records: readonly AnnuaireRecord[],
  at: Date,
): Promise<ChangeCounts> {
  const instant = at.toISOString()
  const result = await tx.execute(sql`
    with incoming as (
      select r.uai, ${sql.raw(NAMES.map((name) => (name === 'closed_on' ? CLOSED_ON : `r.${name}`)).join(', '))}
      from ${recordset(records.map(asRow), RECORDSET)} left join etablissement e on e.uai = r.uai
      cross join (select ${instant.slice(0, 10)}::date as today) now
    ), judged as (
      select incoming.*, e.degree as was_degree, case
        when e.uai is null then 'created'
        when (${list('incoming')}) is not distinct from (${list('e')}) then 'unchanged'
        when e.state = 'ferme' and incoming.state = 'ouvert' then 'reopened'
        when e.state = 'ouvert' and incoming.state = 'ferme' then 'closed'
        else 'updated' end as change
      from incoming left join etablissement e on e.uai = incoming.uai
    ), written as (
      insert into etablissement (uai, ${sql.raw(NAMES.join(', '))}, created_at, updated_at)
      select uai, ${list('judged')}, ${instant}::timestamptz, ${instant}::timestamptz
      from judged where change <> 'unchanged' order by uai
      on conflict (uai) do update set
        ${sql.raw(NAMES.map((name) => `${name} = excluded.${name}`).join(', '))}, updated_at = excluded.updated_at
    ), due as (
      insert into evaluation_due as planned (uai, due_at)
      select uai, ${instant}::timestamptz from judged
      where state = 'ouvert' and (change in ('created', 'reopened') or was_degree <> degree) order by uai
      on conflict (uai) do update set due_at = least(planned.due_at, excluded.due_at)
    )
    select change, count(*)::int as rows from judged group by change`)
  const counts: ChangeCounts = { created: 0, updated: 0, unchanged: 0, closed: 0, reopened: 0 }
  for (const { change, rows } of rowsOf<{ change: keyof ChangeCounts; rows: number }>(result))
    counts[change] = rows
  return counts
}

const CLOSED_ON = `case when r.state = 'ferme' then coalesce(r.closed_on, e.closed_on, now.today) end as closed_on`
