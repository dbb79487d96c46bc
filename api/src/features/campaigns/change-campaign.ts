import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keepRequirements, requirementsOf, someRequirements } from './chosen-requirements.ts'
import { checkDates } from './dates.ts'
import { holdCampaign } from './find-campaign.ts'
import { academieOfPerimeter } from './perimeter.ts'
import type { CampaignChange } from './schema.ts'

/** Changes a draft. Errors: `forbidden`, `not_found`, `conflict` once opened, `invalid_input`. */
export async function changeCampaign(ctx: Context, id: string, input: CampaignChange): Promise<void> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  await write(ctx, identity, async (tx) => {
    const campaign = await holdCampaign(tx, id, 'change')
    const perimeter = input.perimeter ?? { kind: campaign.perimeterKind, code: campaign.perimeterCode }
    const academie = await academieOfPerimeter(tx, perimeter)
    const dates = { startsOn: input.startsOn ?? campaign.startsOn, endsOn: input.endsOn ?? campaign.endsOn }
    checkDates(ctx, academie, dates)
    await tx
      .update(schema.campaign)
      .set({
        academie,
        name: input.name ?? campaign.name,
        purpose: input.purpose ?? campaign.purpose,
        perimeterKind: perimeter.kind,
        perimeterCode: perimeter.code,
        degree: input.degree === undefined ? campaign.degree : input.degree,
        ...dates,
      })
      .where(eq(schema.campaign.id, id))
    if (input.services !== undefined || input.requirements !== undefined)
      await keepRequirements(tx, id, someRequirements(requirementsOf(input)))
    await record(tx, ctx, {
      action: 'campaign.change',
      subject: { kind: 'campaign', id },
      details: { fields: Object.keys(input) },
    })
  })
}
