import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { personOf } from '../declarations/target.ts'
import { keepRequirements, requirementsIn, requirementsOf, someRequirements } from './chosen-requirements.ts'
import { checkDates } from './dates.ts'
import { findCampaign } from './find-campaign.ts'
import { academieOfPerimeter } from './perimeter.ts'
import type { CampaignInput } from './schema.ts'

/**
 * Prepares a campaign; nothing is asked of anyone before it is opened. With `basedOn`, what is not said is taken from
 * that campaign: perimeter, degree, requirements, and officers at the opening; its answers never. Errors: `forbidden`,
 * `not_found`, `invalid_input`.
 */
export async function createCampaign(ctx: Context, input: CampaignInput): Promise<{ id: string }> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  const createdBy = personOf(ctx)
  const id = ctx.random.uuid()
  await write(ctx, identity, async (tx) => {
    const former = input.basedOn === undefined ? null : await findCampaign(tx, input.basedOn)
    const perimeter =
      input.perimeter ?? (former ? { kind: former.perimeterKind, code: former.perimeterCode } : null)
    if (!perimeter) throw missingPerimeter()
    const academie = await academieOfPerimeter(tx, perimeter)
    checkDates(ctx, academie, input)
    const asked = requirementsOf(input)
    const requirements = someRequirements(
      former && asked.length === 0 ? await requirementsIn(tx, former.id) : asked,
    )
    await tx.insert(schema.campaign).values({
      id,
      academie,
      name: input.name,
      purpose: input.purpose,
      perimeterKind: perimeter.kind,
      perimeterCode: perimeter.code,
      degree: input.degree === undefined ? (former?.degree ?? null) : input.degree,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      state: 'draft',
      basedOn: former?.id ?? null,
      createdAt: ctx.clock.now(),
      createdBy,
    })
    await keepRequirements(tx, id, requirements)
    await record(tx, ctx, {
      action: 'campaign.create',
      subject: { kind: 'campaign', id },
      details: {
        perimeter: `${perimeter.kind}:${perimeter.code}`,
        requirements: requirements.length,
        basedOn: former?.id ?? null,
      },
    })
  })
  return { id }
}

const missingPerimeter = () => {
  const detail = 'Dites sur quel périmètre porte la campagne.'
  return new AppError('invalid_input', detail, { errors: [{ pointer: '/perimeter', detail }] })
}
