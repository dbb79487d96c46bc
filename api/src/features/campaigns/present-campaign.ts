import { CAMPAIGN_STATE_LABELS, isCampaignOverdue } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { iso } from '../conformity/instants.ts'
import { todayFor, type CampaignRow } from './find-campaign.ts'
import type { CampaignSummary, Totals } from './schema.ts'
import { NO_TOTALS } from './totals.ts'

/** In: a campaign with what was counted of it. Out: its summary, as the API gives it. */
export const presentCampaign = (
  ctx: Context,
  row: CampaignRow,
  counts: { readonly label: string; readonly requirements: number; readonly totals: Totals | undefined },
): CampaignSummary => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  academie: row.academie,
  perimeter: { kind: row.perimeterKind, code: row.perimeterCode, label: counts.label },
  degree: row.degree,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  state: row.state,
  stateLabel: CAMPAIGN_STATE_LABELS[row.state],
  overdue: isCampaignOverdue(row, todayFor(ctx, row.academie)),
  openedAt: iso(row.openedAt),
  closedAt: iso(row.closedAt),
  requirements: counts.requirements,
  totals: counts.totals ?? NO_TOTALS,
})
