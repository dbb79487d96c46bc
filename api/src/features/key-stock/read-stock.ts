import { schema } from '@vigie/db'
import { academieOf, KEY_STATE_LABELS, KEY_STATES } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { academieName } from '../etablissements/labels.ts'
import { dayOf, DEFAULT_UNIT_PRICE_CENTS, seenAcademies, seenDepartements, seesWhole } from './place.ts'
import type { Stock } from './schema.ts'
import { replacementsByYear, stockFigures, type StockFigures, type YearFigures } from './stock-figures.ts'

const FORECAST_YEARS = 6

/**
 * Stock of an académie, the caller's first one when none is named: per département, thresholds, ends of life, costs,
 * replacement forecast. Errors: `forbidden`, `not_found` outside the perimeter.
 */
export async function readStock(
  ctx: Context,
  query: { readonly academie?: string | undefined },
): Promise<Stock> {
  const identity = authorise(ctx.actor, 'key:manage')
  const asked = academieOf(query.academie ?? seenAcademies(identity)[0] ?? '')
  const departements = asked ? seenDepartements(identity, asked.code) : []
  if (!asked || departements.length === 0)
    throw new AppError('not_found', 'Aucun stock de clés de votre périmètre ne porte ce code d’académie.')
  const now = ctx.clock.now()
  const { figures, thresholds, years } = await ctx.db.transact(identity, async (tx) => ({
    figures: await stockFigures(tx, asked.code, dayOf(now)),
    thresholds: await tx
      .select()
      .from(schema.stockThreshold)
      .where(eq(schema.stockThreshold.academie, asked.code)),
    years: await replacementsByYear(tx, asked.code),
  }))
  const minima = new Map(thresholds.map(({ departement, minimum }) => [departement, minimum]))
  return {
    academie: { code: asked.code, name: academieName(asked.code) },
    unitPriceCents: DEFAULT_UNIT_PRICE_CENTS,
    departements: departements.map(({ code, name }) => {
      const held = holdingsOf(figures.filter(({ departement }) => departement === code))
      const minimum = minima.get(code) ?? null
      return { code, name, ...held, minimum, alert: minimum !== null && held.available < minimum }
    }),
    unassigned: seesWhole(identity, asked.code)
      ? holdingsOf(figures.filter(({ departement }) => departement === null))
      : null,
    valueCents: sumOf(figures, 'valueCents'),
    spentCents: sumOf(figures, 'spentCents'),
    ...forecastFrom(years, now.getUTCFullYear()),
  }
}

type Figure =
  'count' | 'available' | 'inTransit' | 'months3' | 'months12' | 'ended' | 'valueCents' | 'spentCents'

const sumOf = (figures: readonly StockFigures[], figure: Figure): number =>
  figures.reduce((sum, row) => sum + row[figure], 0)

const holdingsOf = (figures: readonly StockFigures[]) => ({
  counts: KEY_STATES.map((state) => ({
    state,
    label: KEY_STATE_LABELS[state],
    count: sumOf(
      figures.filter((row) => row.state === state),
      'count',
    ),
  })),
  total: sumOf(figures, 'count'),
  available: sumOf(figures, 'available'),
  inTransit: sumOf(figures, 'inTransit'),
  expiring: { months3: sumOf(figures, 'months3'), months12: sumOf(figures, 'months12') },
  ended: sumOf(figures, 'ended'),
  valueCents: sumOf(figures, 'valueCents'),
})

/** Every year from this one to the last end of life, at least six; what past years left is told apart. */
function forecastFrom(years: readonly YearFigures[], current: number): Pick<Stock, 'overdue' | 'forecast'> {
  const past = years.filter(({ year }) => year < current)
  const last = Math.max(
    current + FORECAST_YEARS - 1,
    ...years.map(({ year }) => Math.min(year, current + 20)),
  )
  const known = new Map(years.map((row) => [row.year, row]))
  return {
    overdue: {
      toReplace: past.reduce((sum, { toReplace }) => sum + toReplace, 0),
      costCents: past.reduce((sum, { costCents }) => sum + costCents, 0),
    },
    forecast: Array.from({ length: last - current + 1 }, (_, index) => {
      const { toReplace = 0, costCents = 0 } = known.get(current + index) ?? {}
      return { year: current + index, toReplace, costCents }
    }),
  }
}
