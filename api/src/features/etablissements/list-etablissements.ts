import {
  SERVICE_IDS,
  isServiceId,
  scoreOf,
  serviceSign,
  type ScorePoints,
  type ServiceId,
} from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { pointsIn, pointsOf, type PointsRow } from '../conformity/points.ts'
import { countFacets } from './count-facets.ts'
import { conditionsOf, folded } from './filters.ts'
import { TYPE_LABELS, departementName } from './labels.ts'
import type { EtablissementList, ListQuery } from './schema.ts'

type Row = EtablissementList['rows'][number]
type Identity = Pick<Row, 'uai' | 'name' | 'type' | 'degree' | 'commune' | 'departement' | 'pupils'>
type PageRow = Identity & (PointsRow | Record<keyof PointsRow, null>)

const SCORE_SORTS: Readonly<Record<'index' | 'exige' | 'coverage', SQL>> = {
  index: sql`s.carine_index`,
  exige: sql`s.exige_rate`,
  coverage: sql`s.fresh::float8 / nullif(s.applicable, 0)`,
}

/** The service's own sort reads its roll-up; every order ends by the UAI, so that pages never overlap. */
function orderOf({ sort, direction }: ListQuery): { join: SQL; by: SQL } {
  const way = direction === 'asc' ? sql`asc` : sql`desc`
  const ordered = (key: SQL) => sql`${key} ${way} nulls last, e.uai`
  if (sort === 'name' || sort === 'commune')
    return { join: sql``, by: ordered(folded(sort === 'name' ? sql`e.name` : sql`e.commune`)) }
  if (isServiceId(sort))
    return {
      join: sql`left join service_rollup r on r.uai = e.uai and r.service = ${sort}`,
      by: ordered(sql`r.e_points::float8 / nullif(r.e_applicable, 0)`),
    }
  return { join: sql``, by: ordered(SCORE_SORTS[sort]) }
}

async function pageOf(tx: Tx, query: ListQuery, condition: SQL): Promise<PageRow[]> {
  const { join, by } = orderOf(query)
  return rowsOf<PageRow>(
    await tx.execute(sql`
      select e.uai, e.name, e.type, e.degree, e.commune, e.departement, e.pupils, ${pointsIn('s')}
      from etablissement e left join etablissement_score s on s.uai = e.uai ${join}
      where ${condition} order by ${by}
      limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}`),
  )
}

type Rollups = ReadonlyMap<string, ReadonlyMap<ServiceId, ScorePoints>>

async function rollupsOf(tx: Tx, uais: readonly string[]): Promise<Rollups> {
  const byUai = new Map(uais.map((uai) => [uai, new Map<ServiceId, ScorePoints>()]))
  if (uais.length === 0) return byUai
  const list = sql.join(
    uais.map((uai) => sql`${uai}`),
    sql`, `,
  )
  const rows = rowsOf<PointsRow & { uai: string; service: ServiceId }>(
    await tx.execute(
      sql`select r.uai, r.service, ${pointsIn('r')} from service_rollup r where r.uai in (${list})`,
    ),
  )
  for (const row of rows) byUai.get(row.uai)?.set(row.service, pointsOf(row))
  return byUai
}

function present(row: PageRow, services: ReadonlyMap<ServiceId, ScorePoints> | undefined): Row {
  const { uai, name, type, degree, commune, departement, pupils } = row
  const score = row.applicable === null ? null : scoreOf(pointsOf(row))
  return {
    uai,
    name,
    type,
    typeLabel: TYPE_LABELS[type],
    degree,
    commune,
    departement,
    departementName: departementName(departement),
    pupils,
    exige: score?.exige ?? null,
    index: score?.index ?? null,
    coverage: score?.coverage ?? null,
    services: SERVICE_IDS.map((service) => {
      const points = services?.get(service)
      return {
        service,
        share: points ? scoreOf(points).exige : null,
        status: points ? serviceSign(points) : ('unknown' as const),
      }
    }),
  }
}

/** One page of the mosaic under the filters, with its facets. Errors: `unauthenticated`, `forbidden`. */
export async function listEtablissements(ctx: Context, query: ListQuery): Promise<EtablissementList> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const conditions = conditionsOf(query, ctx.clock.now())
  return ctx.db.transact(identity, async (tx) => {
    const [{ total, facets }, page] = await Promise.all([
      countFacets(tx, conditions),
      pageOf(tx, query, conditions.all),
    ])
    const rollups = await rollupsOf(
      tx,
      page.map((row) => row.uai),
    )
    const rows = page.map((row) => present(row, rollups.get(row.uai)))
    return { total, page: query.page, pageSize: query.pageSize, facets, rows }
  })
}
