import { schema, type Tx } from '@vigie/db'
import {
  CAMPAIGN_STATE_LABELS,
  campaignAllows,
  CAMPAIGN_LIFE,
  timeZoneOf,
  type CampaignAction,
} from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { dayIn } from '../deployment/calendar.ts'

export type CampaignRow = typeof schema.campaign.$inferSelect

/** Errors: `not_found` when absent or invisible. */
export async function findCampaign(tx: Tx, id: string): Promise<CampaignRow> {
  const [found] = await tx.select().from(schema.campaign).where(eq(schema.campaign.id, id))
  return existing(found)
}

/**
 * Like `findCampaign`, held until the transaction ends: alone for what changes it (`update`), beside others for what
 * only needs it to stay as it is (`share`). Errors: `conflict` when its state refuses the action.
 */
export async function holdCampaign(
  tx: Tx,
  id: string,
  action: CampaignAction,
  strength: 'update' | 'share' = 'update',
): Promise<CampaignRow> {
  const [row] = await tx.select().from(schema.campaign).where(eq(schema.campaign.id, id)).for(strength)
  const found = existing(row)
  if (campaignAllows(action, found.state)) return found
  throw new AppError(
    'conflict',
    `« ${CAMPAIGN_LIFE[action].label} » n’est pas possible : la campagne est ${CAMPAIGN_STATE_LABELS[found.state].toLowerCase()}.`,
  )
}

function existing(found: CampaignRow | undefined): CampaignRow {
  if (found) return found
  throw new AppError('not_found', 'Cette campagne n’existe pas, ou n’est pas dans votre périmètre.')
}

/** The civil day in the académie of a campaign. */
export const todayFor = (ctx: Context, academie: string): string =>
  dayIn(ctx.clock.now(), timeZoneOf(academie))
