import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holdCampaign } from './find-campaign.ts'

/** Gives a draft up. Errors: `forbidden`, `not_found`, `conflict` once opened. */
export async function removeCampaign(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  await write(ctx, identity, async (tx) => {
    await holdCampaign(tx, id, 'remove')
    await tx.delete(schema.campaignRequirement).where(eq(schema.campaignRequirement.campaignId, id))
    await tx.delete(schema.campaign).where(eq(schema.campaign.id, id))
    await record(tx, ctx, { action: 'campaign.remove', subject: { kind: 'campaign', id } })
  })
}
