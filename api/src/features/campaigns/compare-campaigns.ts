import { recordset, rowsOf, type Tx } from '@vigie/db'
import { comparePairs, REQUIREMENTS, serviceOf, type CountedPair, type Move } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { everyWord } from '../keys/search.ts'
import { requirementsIn } from './chosen-requirements.ts'
import { findCampaign } from './find-campaign.ts'
import { frozenTotals } from './frozen-totals.ts'
import { notFrozen } from './read-snapshot.ts'
import type { Comparison, ComparisonQuery } from './frozen-schema.ts'
import type { Phase } from './schema.ts'

interface Side {
  readonly id: string
  readonly phase: Phase
}

const sideOf = (text: string): Side => {
  const [id = '', phase] = text.split(':')
  return { id, phase: phase === 'closing' ? 'closing' : 'opening' }
}

interface Pair extends CountedPair {
  readonly requirement: string | null
  readonly uai: string | null
}

/**
 * Confronts two snapshots, requirement by requirement and establishment by establishment. What one side did not ask, or
 * did not hold, is not comparable and stands outside both denominators. Errors: `forbidden`, `not_found`.
 */
export async function compareCampaigns(ctx: Context, query: ComparisonQuery): Promise<Comparison> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const [left, right] = [sideOf(query.left), sideOf(query.right)]
  return ctx.db.transact(identity, async (tx) => {
    const sides = { left: await describe(tx, left), right: await describe(tx, right) }
    const pairs = await readPairs(tx, left, right, query)
    const rightAsks = new Set<string>(sides.right.asked)
    const asked = new Set<string>([...sides.left.asked, ...sides.right.asked])
    const ofEtablissements = Map.groupBy(
      pairs.filter(({ uai }) => uai !== null),
      ({ uai }) => uai ?? '',
    )
    const ofRequirements = Map.groupBy(
      pairs.filter(({ requirement }) => requirement !== null),
      ({ requirement }) => requirement ?? '',
    )
    const places = [...ofEtablissements].map(([uai, own]) => ({ uai, ...presented(own) }))
    const kept = places.filter(({ moves }) => query.move === undefined || moves[query.move] > 0)
    const shown = await named(tx, kept, query)
    return {
      left: sides.left.side,
      right: sides.right.side,
      common: {
        etablissements: await countCommon(tx, left, right),
        requirements: sides.left.asked.filter((requirement) => rightAsks.has(requirement)).length,
      },
      all: presented(pairs.filter(({ requirement }) => requirement !== null)),
      requirements: REQUIREMENTS.filter(({ id }) => asked.has(id)).map(({ id, statement }) => ({
        requirement: id,
        service: serviceOf(id),
        statement,
        ...presented(ofRequirements.get(id) ?? []),
      })),
      etablissements: { ...shown, page: query.page, pageSize: query.pageSize },
    }
  })
}

async function describe(tx: Tx, { id, phase }: Side) {
  const campaign = await findCampaign(tx, id)
  const frozen = (await frozenTotals(tx, id)).find((snapshot) => snapshot.phase === phase)
  if (!frozen) throw notFrozen(phase)
  const asked = await requirementsIn(tx, id)
  return {
    asked,
    side: {
      campaign: { id, name: campaign.name },
      phase,
      frozenAt: frozen.frozenAt,
      etablissements: frozen.etablissements,
      requirements: asked.length,
    },
  }
}

/** Verdicts side by side, counted per requirement and per establishment in one pass; null: that side has none. */
async function readPairs(tx: Tx, left: Side, right: Side, query: ComparisonQuery): Promise<Pair[]> {
  const place = query.departement
    ? sql`and s.uai in (select uai from etablissement where departement = ${query.departement})`
    : sql``
  const rowsFrom = ({ id, phase }: Side) => sql`
    select s.uai, r.requirement, coalesce(s.statuses -> r.requirement ->> 'counted', 'unknown') as counted
    from campaign_snapshot s join campaign_requirement r on r.campaign_id = s.campaign_id
    where s.campaign_id = ${id} and s.phase = ${phase} ${place}`
  const found = await tx.execute(sql`
    with l as (${rowsFrom(left)}), r as (${rowsFrom(right)})
    select requirement, uai, l.counted as left, r.counted as right, count(*)::int as count
    from l full join r using (uai, requirement)
    group by grouping sets ((requirement, l.counted, r.counted), (uai, l.counted, r.counted))`)
  return rowsOf<Pair>(found)
}

async function countCommon(tx: Tx, left: Side, right: Side): Promise<number> {
  const found = await tx.execute(sql`
    select count(*)::int as count from campaign_snapshot l join campaign_snapshot r on r.uai = l.uai
    where l.campaign_id = ${left.id} and l.phase = ${left.phase}
      and r.campaign_id = ${right.id} and r.phase = ${right.phase}`)
  return rowsOf<{ count: number }>(found)[0]?.count ?? 0
}

function presented(pairs: readonly CountedPair[]) {
  const { moves, left, right } = comparePairs(pairs)
  const shareOf = ({ points, applicable }: { points: number; applicable: number }) =>
    applicable === 0
      ? null
      : { numerator: points / 2, denominator: applicable, rate: points / 2 / applicable }
  return { moves, left: shareOf(left), right: shareOf(right) }
}

type Placed = { readonly uai: string; readonly moves: Readonly<Record<Move, number>> } & ReturnType<
  typeof presented
>

/** One page of the establishments, those that moved back most first. */
async function named(tx: Tx, places: readonly Placed[], query: ComparisonQuery) {
  const where = sql.join(
    [sql`true`, ...everyWord(query.q, sql`e.uai || ' ' || e.name || ' ' || e.commune`)],
    sql` and `,
  )
  const found = await tx.execute(sql`
    select e.uai, e.name, e.commune from etablissement e
    join ${recordset(
      places.map(({ uai }) => ({ uai })),
      'w(uai text)',
    )} on w.uai = e.uai where ${where}`)
  const names = rowsOf<{ uai: string; name: string; commune: string }>(found)
  const nameOf = new Map(names.map((row) => [row.uai, row]))
  const rows = places
    .flatMap((place) => {
      const row = nameOf.get(place.uai)
      return row ? [{ ...place, ...row }] : []
    })
    .toSorted(
      (a, b) =>
        b.moves.worsened - a.moves.worsened ||
        b.moves.improved - a.moves.improved ||
        a.name.localeCompare(b.name, 'fr') ||
        (a.uai < b.uai ? -1 : 1),
    )
  const from = (query.page - 1) * query.pageSize
  return { total: rows.length, rows: rows.slice(from, from + query.pageSize) }
}
