import {
  LEVEL_ORDER,
  PARTIES,
  PARTY_LABELS,
  SERVICES,
  adviceOf,
  appreciationOf,
  emptyPoints,
  prioritiesOf,
  schoolYearStart,
  scoreOf,
  serviceSign,
  timeZoneOf,
  type BulletinItem,
  type ScorePoints,
} from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement, type EtablissementRow } from '../etablissements/find-etablissement.ts'
import { contactOf } from './contacts.ts'
import { pastScore, presentScore } from './past-score.ts'
import { pointsIn, pointsOf, type PointsRow } from './points.ts'
import type { Bulletin } from './schema.ts'
import { serviceTrends } from './service-trends.ts'
import { standingsOf, type Standing } from './standing.ts'

type Item = BulletinItem & { readonly standing: Standing }

const itemOf = (standing: Standing): Item => ({
  requirement: standing.requirement.id,
  level: standing.level,
  status: standing.status,
  counted: standing.counted,
  derogated: standing.derogatedUntil !== null,
  party: standing.party,
  standing,
})

async function rollupsOf(tx: Tx, uai: string): Promise<ReadonlyMap<string, ScorePoints>> {
  const rows = rowsOf<PointsRow & { service: string }>(
    await tx.execute(sql`select r.service, ${pointsIn('r')} from service_rollup r where r.uai = ${uai}`),
  )
  return new Map(rows.map((row) => [row.service, pointsOf(row)]))
}

function servicesOf(
  items: readonly Item[],
  rollups: ReadonlyMap<string, ScorePoints>,
  trends: Awaited<ReturnType<typeof serviceTrends>>,
): Bulletin['services'] {
  const byService = Map.groupBy(items, ({ standing }) => standing.service)
  return SERVICES.map(({ id, name, family, summary }) => {
    const own = byService.get(id) ?? []
    const points = rollups.get(id)
    return {
      ...{ service: id, name, family, summary },
      appreciation: appreciationOf(own),
      share: scoreOf(points ?? emptyPoints()).exige,
      status: points ? serviceSign(points) : 'unknown',
      trend: trends.get(id) ?? { direction: 'steady', gained: 0, lost: 0 },
      actors: PARTIES.filter((party) => own.some((item) => item.party === party)).map(
        (party) => PARTY_LABELS[party],
      ),
    }
  })
}

const prioritiesFor = (items: readonly Item[], row: EtablissementRow): Bulletin['priorities'] =>
  prioritiesOf(items).map(({ standing, party }) => ({
    requirement: standing.id,
    service: standing.service,
    statement: standing.statement,
    ...adviceOf(standing.requirement.id, standing.status),
    whom: contactOf(row, party),
    level: standing.level,
    status: standing.status,
    reason: standing.reason,
  }))

const unknownsOf = (standings: readonly Standing[]): Bulletin['unknowns'] =>
  standings
    .filter(({ status, derogatedUntil }) => status === 'unknown' && derogatedUntil === null)
    .toSorted((a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level))
    .map(({ id, service, statement, level, automatic, unknownReason, reason, since, party, partyLabel }) => ({
      ...{ requirement: id, service, statement, level, automatic, reason, since, party, partyLabel },
      unknownReason: unknownReason ?? 'never_observed',
    }))

/** The establishment's school report. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function readBulletin(ctx: Context, uai: string): Promise<Bulletin> {
  const identity = authorise(ctx.actor, 'conformity:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    const timeZone = timeZoneOf(row.academie)
    const day = schoolYearStart(ctx.clock.now().getTime(), timeZone)
    const [standings, rollups, from, present] = await Promise.all([
      standingsOf(tx, row),
      rollupsOf(tx, uai),
      pastScore(tx, uai, day),
      presentScore(tx, uai),
    ])
    const trends = await serviceTrends(tx, uai, standings, { day, timeZone })
    const items = standings.map(itemOf)
    return {
      uai,
      schoolYearStart: day,
      trend: { from, to: present.score },
      services: servicesOf(items, rollups, trends),
      priorities: prioritiesFor(items, row),
      unknowns: unknownsOf(standings),
      contacts: PARTIES.map((party) => contactOf(row, party)),
      evaluatedAt: present.evaluatedAt,
    }
  })
}
