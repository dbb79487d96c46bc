import { timeZoneOf } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { dayIn } from '../deployment/calendar.ts'
import { longDay } from '../procedures/convocation-text.ts'

/**
 * In: the académie of the establishment, the day asked for. Out: that day, today where the establishment is by default.
 * Errors: `invalid_input` for a day to come: the closing would say that someone looked then.
 */
export function visitDay({ clock }: Pick<Context, 'clock'>, academie: string, asked?: string): string {
  const today = dayIn(clock.now(), timeZoneOf(academie))
  if (asked === undefined || asked <= today) return asked ?? today
  const detail = `Jour de visite : au plus tard aujourd’hui, le ${longDay(today)}. Une visite à venir se prévoit dans la campagne.`
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/visitedOn', detail }] })
}
