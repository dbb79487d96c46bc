import { REQUIREMENTS, SERVICES, emptyPoints, scoreOf, serviceSign, timeZoneOf } from '@vigie/rules'
import { rowsOf, schema, type Tx } from '@vigie/db'
import { eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { isoOf } from '../conformity/instants.ts'
import { pointsIn, pointsOf, type PointsRow } from '../conformity/points.ts'
import { findEtablissement, type EtablissementRow } from './find-etablissement.ts'
import {
  DEGREE_LABELS,
  SECTOR_LABELS,
  TYPE_LABELS,
  academieName,
  collectiviteName,
  departementName,
  regionName,
} from './labels.ts'
import type { EtablissementDetail } from './schema.ts'

async function motherOf(tx: Tx, row: EtablissementRow): Promise<EtablissementDetail['mother']> {
  if (row.motherUai === null) return null
  const [mother] = await tx
    .select({ name: schema.etablissement.name })
    .from(schema.etablissement)
    .where(eq(schema.etablissement.uai, row.motherUai))
  return { uai: row.motherUai, name: mother?.name ?? null }
}

async function scoresOf(tx: Tx, uai: string) {
  const [score] = rowsOf<PointsRow & { evaluated: string }>(
    await tx.execute(sql`
      select ${pointsIn('s')}, ${isoOf(sql`s.evaluated_at`)} as evaluated
      from etablissement_score s where s.uai = ${uai}`),
  )
  const rollups = rowsOf<PointsRow & { service: string }>(
    await tx.execute(sql`select r.service, ${pointsIn('r')} from service_rollup r where r.uai = ${uai}`),
  )
  return { score, rollups: new Map(rollups.map((row) => [row.service, pointsOf(row)])) }
}

async function countsOf(tx: Tx, uai: string): Promise<EtablissementDetail['counts']> {
  const [row] = rowsOf<EtablissementDetail['counts'] & { proven: number }>(
    await tx.execute(sql`
      select count(*) filter (where status = 'compliant')::int as compliant,
        count(*) filter (where status = 'partial')::int as partial,
        count(*) filter (where status = 'non_compliant')::int as non_compliant,
        count(*) filter (where status = 'not_applicable')::int as not_applicable,
        count(*) filter (where status = 'contradiction')::int as contradiction,
        count(*) filter (where status <> 'unknown')::int as proven,
        count(*) filter (where derogated_until is not null)::int as derogated,
        count(*) filter (where unknown_reason = 'stale')::int as stale
      from requirement_status where uai = ${uai}`),
  )
  const { proven = 0, ...counts } = row ?? {}
  return {
    compliant: 0,
    partial: 0,
    non_compliant: 0,
    not_applicable: 0,
    contradiction: 0,
    derogated: 0,
    stale: 0,
    ...counts,
    unknown: REQUIREMENTS.length - proven,
  }
}

const identityOf = (row: EtablissementRow) => ({
  uai: row.uai,
  name: row.name,
  type: row.type,
  typeLabel: TYPE_LABELS[row.type],
  degree: row.degree,
  degreeLabel: DEGREE_LABELS[row.degree],
  sector: row.sector,
  sectorLabel: SECTOR_LABELS[row.sector],
  communeCode: row.communeCode,
  commune: row.commune,
  departement: { code: row.departement, name: departementName(row.departement) },
  academie: { code: row.academie, name: academieName(row.academie) },
  region: { code: row.region, name: regionName(row.region) },
  circonscription:
    row.circonscription === null
      ? null
      : { code: row.circonscription, name: row.circonscriptionName ?? row.circonscription },
  bassin: row.bassin === null ? null : { code: row.bassin, name: row.bassinName ?? row.bassin },
  collectivite: { code: row.collectivite, name: collectiviteName(row.collectivite, row.commune) },
  pupils: row.pupils,
  latitude: row.latitude,
  longitude: row.longitude,
  openedOn: row.openedOn,
  closedOn: row.closedOn,
  state: row.state,
  timeZone: timeZoneOf(row.academie),
})

/** Identity and scores of one establishment. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function readEtablissement(ctx: Context, uai: string): Promise<EtablissementDetail> {
  const identity = authorise(ctx.actor, 'conformity:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    const [mother, { score, rollups }, counts] = await Promise.all([
      motherOf(tx, row),
      scoresOf(tx, uai),
      countsOf(tx, uai),
    ])
    return {
      ...identityOf(row),
      mother,
      score: score ? scoreOf(pointsOf(score)) : null,
      byService: SERVICES.map(({ id, name, family }) => {
        const points = rollups.get(id)
        return {
          service: id,
          name,
          family,
          score: scoreOf(points ?? emptyPoints()),
          status: points ? serviceSign(points) : 'unknown',
        }
      }),
      counts,
      lastEvaluatedAt: score?.evaluated ?? null,
    }
  })
}
