import {
  SERVICES,
  emptyPoints,
  schoolYearStart,
  scoreOf,
  serviceSign,
  sumPoints,
  timeZoneOf,
} from '@vigie/rules'
import type { Identity } from '@vigie/db'
import type { SQL } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { pointsOf } from '../conformity/points.ts'
import { conditionsOf, type Conditions } from '../etablissements/filters.ts'
import { departementName } from '../etablissements/labels.ts'
import {
  countStale,
  placesByDepartement,
  sumByDepartement,
  sumByService,
  sumOnDay,
  type DepartementRow,
} from './aggregates.ts'
import { countGaps } from './count-gaps.ts'
import { lastVisitOf } from './last-visit.ts'
import { changesSince, contradictions, silentCollectors } from './named-lists.ts'
import { outlineOf, type Place } from './outline.ts'
import type { Overview, OverviewQuery } from './schema.ts'
import { scopeOf } from './scope-label.ts'
import { GAPS_SHOWN, worstGapsOf } from './worst-gaps.ts'

const zoneOf = (identity: Identity): string => {
  const academie =
    identity.role === 'vigie_app' ? identity.perimeters.find(({ kind }) => kind === 'academie') : undefined
  return timeZoneOf(academie?.code ?? '')
}

const readSums = (ctx: Context, identity: Identity, conditions: Conditions) =>
  ctx.db.transact(identity, async (tx) => {
    const day = schoolYearStart(ctx.clock.now().getTime(), zoneOf(identity))
    const [scope, byDepartement, byService, past] = await Promise.all([
      scopeOf(tx, identity),
      sumByDepartement(tx, conditions.all),
      sumByService(tx, conditions),
      sumOnDay(tx, conditions.all, day),
    ])
    return { day, scope, byDepartement, byService, past }
  })

const readGaps = (ctx: Context, identity: Identity, condition: SQL, query: OverviewQuery) =>
  ctx.db.transact(identity, async (tx) => {
    const [places, stale, gaps] = await Promise.all([
      placesByDepartement(tx),
      countStale(tx, condition),
      countGaps(tx, condition, query, GAPS_SHOWN),
    ])
    return { places, stale, gaps }
  })

/** Names establishments: under the perimeters on which the caller may read them, nothing for a committee. */
async function readNamed(ctx: Context, condition: SQL, since: string) {
  const nothing = { total: 0, rows: [] }
  if (!may(ctx.actor, 'conformity:read'))
    return { silent: nothing, disputed: nothing, changes: { since, ...nothing } }
  return ctx.db.transact(authorise(ctx.actor, 'conformity:read'), async (tx) => {
    const [silent, disputed, changes] = await Promise.all([
      silentCollectors(tx, condition, ctx.clock.now()),
      contradictions(tx, condition),
      changesSince(tx, condition, since),
    ])
    return { silent, disputed, changes }
  })
}

function departementsOf(
  rows: readonly DepartementRow[],
  places: Awaited<ReturnType<typeof placesByDepartement>>,
): Overview['departements'] {
  const held = new Map(places.map((place) => [place.departement, place]))
  return rows.map((row) => {
    const { longitudes = [], latitudes = [] } = held.get(row.departement) ?? {}
    return {
      code: row.departement,
      name: departementName(row.departement),
      etablissements: row.etablissements,
      score: scoreOf(pointsOf(row)),
      outline: outlineOf(longitudes.map((longitude, i): Place => [longitude, latitudes[i] ?? 0])),
    }
  })
}

function byServiceOf(rows: Awaited<ReturnType<typeof sumByService>>): Overview['byService'] {
  const held = new Map(rows.map((row) => [row.service, pointsOf(row)]))
  return SERVICES.map(({ id, name, family }) => {
    const points = held.get(id)
    const { nonCompliant, unknown, contradictions } = points ?? emptyPoints()
    return {
      ...{ service: id, name, family, nonCompliant, unknown, contradictions },
      score: scoreOf(points ?? emptyPoints()),
      status: points ? serviceSign(points) : 'unknown',
    }
  })
}

/** Conformity over the caller's perimeters, under the filters. Errors: `unauthenticated`, `forbidden`. */
export async function readOverview(ctx: Context, query: OverviewQuery): Promise<Overview> {
  const identity = authorise(ctx.actor, 'aggregate:read')
  const named = may(ctx.actor, 'conformity:read')
  if (!named && query.q)
    throw new AppError(
      'forbidden',
      'Un comité lit des ensembles : la recherche par nom ne lui est pas ouverte.',
    )
  const conditions = conditionsOf(query, ctx.clock.now())
  const since = query.since ? new Date(query.since).toISOString() : lastVisitOf(ctx)
  const [read, { places, stale, gaps }, { silent, disputed, changes }] = await Promise.all([
    readSums(ctx, identity, conditions),
    readGaps(ctx, identity, conditions.all, query),
    readNamed(ctx, conditions.all, since),
  ])
  const { byDepartement, past } = read
  const total = (count: (row: (typeof byDepartement)[number]) => number) =>
    byDepartement.reduce((sum, row) => sum + count(row), 0)
  const pastPoints = past ? pointsOf(past) : emptyPoints()
  return {
    scope: read.scope,
    named,
    etablissements: total((row) => row.etablissements),
    evaluated: total((row) => row.evaluated),
    score: scoreOf(sumPoints(...byDepartement.map(pointsOf))),
    trend: { since: read.day, from: pastPoints.applicable > 0 ? scoreOf(pastPoints) : null },
    byService: byServiceOf(read.byService),
    departements: departementsOf(byDepartement, places),
    worstGaps: worstGapsOf(gaps, { d1: total((row) => row.d1), d2: total((row) => row.d2) }),
    silentCollectors: silent,
    contradictions: disputed,
    changes,
    stale,
    evaluatedAt:
      byDepartement
        .map((row) => row.evaluated_at ?? '')
        .toSorted()
        .at(-1) || null,
  }
}
