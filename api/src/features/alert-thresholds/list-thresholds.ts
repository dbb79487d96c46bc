import { schema } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { accountNames } from '../key-stock/account-names.ts'
import { keptAcademie, seenAcademies } from '../key-stock/place.ts'
import { presentThreshold } from './present-threshold.ts'
import { THRESHOLD_ALERTS, type AlertThreshold } from './schema.ts'

/** Thresholds of every alert that has one, for one académie or for all of the caller’s. Errors: `forbidden`, `not_found`. */
export async function listThresholds(ctx: Context, asked: string | undefined): Promise<AlertThreshold[]> {
  const identity = authorise(ctx.actor, 'supervision:read')
  const academies = asked === undefined ? seenAcademies(identity) : [keptAcademie(identity, asked)]
  if (academies.length === 0) return []
  const { alertThreshold } = schema
  const rows = await ctx.db.transact(identity, (tx) =>
    tx
      .select()
      .from(alertThreshold)
      .where(inArray(alertThreshold.academie, [...academies])),
  )
  const names = await accountNames(
    ctx,
    rows.map(({ updatedBy }) => updatedBy),
  )
  const set = new Map(rows.map((row) => [`${row.academie} ${row.alert}`, row]))
  return academies.flatMap((academie) =>
    THRESHOLD_ALERTS.map((alert) => {
      const row = set.get(`${academie} ${alert}`)
      return presentThreshold(
        academie,
        alert,
        row ? { ...row, updatedBy: names.get(row.updatedBy) ?? null } : null,
      )
    }),
  )
}
