import { faultOfDates, type CampaignDates } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { todayFor } from './find-campaign.ts'

const FAULTS = {
  ends_before_start: 'La campagne finit avant de commencer : corrigez l’une des deux dates.',
  already_over: 'Cette date de fin est passée : choisissez un jour à venir.',
} as const

/** Errors: `invalid_input` when a campaign cannot run between these days. */
export function checkDates(ctx: Context, academie: string, dates: CampaignDates): void {
  const fault = faultOfDates(dates, todayFor(ctx, academie))
  if (fault === null) return
  const detail = FAULTS[fault]
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/endsOn', detail }] })
}
