import { ALERT_THRESHOLDS, type ThresholdAlert } from '@vigie/collectors'
import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keptAcademie } from '../key-stock/place.ts'
import { presentThreshold } from './present-threshold.ts'
import type { AlertThreshold } from './schema.ts'

const french = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 })

function assertWithinBounds(alert: ThresholdAlert, value: number): void {
  const { label, unit, min, max } = ALERT_THRESHOLDS[alert]
  if (value >= min && value <= max) return
  const bounds = `entre ${french.format(min)} et ${french.format(max)} ${unit}`
  const detail = `${label} : choisissez une valeur ${bounds}.`
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/value', detail }] })
}

/**
 * Sets the value from which an alert fires in an académie; Prometheus reads it with the next measures. Errors:
 * `forbidden`, `not_found`, `invalid_input` (out of the bounds of the alert).
 */
export async function setThreshold(
  ctx: Context,
  target: { readonly academie: string; readonly alert: ThresholdAlert },
  { value }: { readonly value: number },
): Promise<AlertThreshold> {
  const identity = authorise(ctx.actor, 'threshold:write')
  const { actor } = ctx
  if (actor.kind !== 'account') {
    throw new AppError('forbidden', 'Un seuil se règle avec le compte d’une personne.')
  }
  const academie = keptAcademie(identity, target.academie)
  assertWithinBounds(target.alert, value)
  const updated = { value, updatedAt: ctx.clock.now(), updatedBy: actor.id }
  const { alertThreshold } = schema
  await write(ctx, identity, async (tx) => {
    await tx
      .insert(alertThreshold)
      .values({ academie, alert: target.alert, ...updated })
      .onConflictDoUpdate({ target: [alertThreshold.academie, alertThreshold.alert], set: updated })
    await record(tx, ctx, {
      action: 'threshold.set',
      subject: { kind: 'alert', id: target.alert },
      details: { academie, value },
    })
  })
  return presentThreshold(academie, target.alert, { ...updated, updatedBy: actor.displayName })
}
