import { rowsOf, schema, type Tx } from '@vigie/db'
import { SERVICES } from '@vigie/rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { Supervision } from './schema.ts'

/** Collections are hourly: after this many, the figures no longer say how things are. */
const FRESH_MS = 6 * 3_600_000

const MEASURES = {
  diskFree: 'supervision.disk_free_ratio',
  bandwidth: 'supervision.bandwidth_used_ratio',
} as const
const COUNTS = { watched: 'supervision.targets', answering: 'supervision.targets_up' } as const
const KEYS = [...Object.values(MEASURES), ...Object.values(COUNTS)]

type Held = Pick<typeof schema.evidenceCurrent.$inferSelect, 'key' | 'value' | 'observedAt'>
type Availability = typeof schema.serviceAvailability.$inferSelect

/**
 * How the services of an establishment work, as Prometheus measured it. What is too old is given with its date and said
 * stale. Errors: `unauthenticated`, `forbidden`, `not_found`.
 */
export async function readSupervision(ctx: Context, uai: string): Promise<Supervision> {
  const identity = authorise(ctx.actor, 'target:read')
  const isStale = (at: Date) => ctx.clock.now().getTime() - at.getTime() > FRESH_MS
  return ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const counts = await targetCounts(tx, uai)
    const { serviceAvailability, evidenceCurrent } = schema
    const ratios = await tx.select().from(serviceAvailability).where(eq(serviceAvailability.uai, uai))
    const held = await tx
      .select({
        key: evidenceCurrent.key,
        value: evidenceCurrent.value,
        observedAt: evidenceCurrent.observedAt,
      })
      .from(evidenceCurrent)
      .where(and(eq(evidenceCurrent.uai, uai), inArray(evidenceCurrent.key, KEYS)))
    const measureOf = (key: string) => {
      const found = numberOf(held, key)
      return found && { ratio: found.value, observedAt: found.at.toISOString(), stale: isStale(found.at) }
    }
    const answering = numberOf(held, COUNTS.answering)
    const activity = await activityOf(tx, uai)
    return {
      services: SERVICES.map(({ id, name }) => {
        const own = ratios.filter(({ service }) => service === id)
        const newest = newestOf(own)
        return {
          service: id,
          name,
          targets: counts.find(({ service }) => service === id)?.count ?? 0,
          availability: availabilityOf(own),
          observedAt: newest?.toISOString() ?? null,
          stale: newest !== null && own.some(({ observedAt }) => isStale(observedAt)),
        }
      }),
      measures: { diskFree: measureOf(MEASURES.diskFree), bandwidth: measureOf(MEASURES.bandwidth) },
      targets: {
        count: counts.reduce((sum, { count }) => sum + count, 0),
        watched: numberOf(held, COUNTS.watched)?.value ?? null,
        answering: answering?.value ?? null,
        observedAt: answering?.at.toISOString() ?? null,
        stale: answering !== null && isStale(answering.at),
      },
      prometheus: {
        configured: ctx.config.readsPrometheus || activity.lastSuccessAt !== null,
        ...activity,
      },
    }
  })
}

const targetCounts = async (tx: Tx, uai: string) =>
  rowsOf<{ service: string | null; count: number }>(
    await tx.execute(sql`
      select t.service, count(*)::int as count
      from supervision_target t left join machine m on m.id = t.machine_id and m.uai = t.uai
      where t.uai = ${uai} and t.disabled_at is null and m.retired_at is null
      group by t.service`),
  )

function numberOf(held: readonly Held[], key: string): { value: number; at: Date } | null {
  const found = held.find((row) => row.key === key)
  return typeof found?.value === 'number' ? { value: found.value, at: found.observedAt } : null
}

const newestOf = (rows: readonly Availability[]): Date | null =>
  rows.length === 0 ? null : new Date(Math.max(...rows.map(({ observedAt }) => observedAt.getTime())))

const availabilityOf = (rows: readonly Availability[]) => {
  const over = (span: Availability['span']) => rows.find((row) => row.span === span)?.ratio ?? null
  return { '1d': over('1d'), '7d': over('7d'), '30d': over('30d') }
}

/** Newest reading of any Prometheus about this establishment. */
async function activityOf(tx: Tx, uai: string) {
  const { collectorActivity } = schema
  const rows = await tx
    .select()
    .from(collectorActivity)
    .where(and(eq(collectorActivity.uai, uai), sql`${collectorActivity.collector} like 'prometheus:%'`))
  const latest = (pick: (row: (typeof rows)[number]) => Date | null) =>
    rows.map(pick).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
  const lastSuccessAt = latest((row) => row.lastSuccessAt)
  const lastFailureAt = latest((row) => row.lastFailureAt)
  const failing = lastFailureAt !== null && (lastSuccessAt === null || lastFailureAt > lastSuccessAt)
  const error = failing
    ? (rows.find((row) => row.lastFailureAt?.getTime() === lastFailureAt.getTime())?.lastError ?? null)
    : null
  return {
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    lastFailureAt: lastFailureAt?.toISOString() ?? null,
    error,
  }
}
