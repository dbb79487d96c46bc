import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { recountProgress } from '../campaigns/recount-progress.ts'
import { personOf } from '../declarations/target.ts'
import type { FindingChange } from './schema.ts'

/** What whoever settles a finding may say of it; its words, its owner and dropping it are for officers. */
const SETTLING = new Set(['state', 'comment'])

const permissionFor = (input: FindingChange) =>
  Object.keys(input).every((field) => SETTLING.has(field)) && input.state !== 'dropped'
    ? 'finding:settle'
    : 'finding:write'

/** True where the caller is an officer of that establishment, and not only of another. */
async function writesOf(ctx: Context, id: string): Promise<boolean> {
  if (!may(ctx.actor, 'finding:write')) return false
  const { finding } = schema
  const found = await ctx.db.transact(authorise(ctx.actor, 'finding:write'), (tx) =>
    tx.select({ id: finding.id }).from(finding).where(eq(finding.id, id)),
  )
  return found.length > 0
}

/**
 * Changes a finding or its state; what an officer dropped stays so until an officer opens it again. Errors: `forbidden`,
 * `not_found`, `invalid_input` when nothing is changed.
 */
export async function changeFinding(ctx: Context, id: string, input: FindingChange): Promise<void> {
  const identity = authorise(ctx.actor, permissionFor(input))
  const person = personOf(ctx)
  if (Object.keys(input).length === 0) throw new AppError('invalid_input', 'Dites ce qu’il faut changer.')
  const writes = await writesOf(ctx, id)
  const { finding } = schema
  await write(ctx, identity, async (tx) => {
    const [held] = await tx.select().from(finding).where(eq(finding.id, id)).for('update')
    if (!held) throw new AppError('not_found', 'Ce constat n’existe pas, ou n’est pas dans votre périmètre.')
    if (held.state === 'dropped' && !writes)
      throw new AppError(
        'forbidden',
        'Ce constat est classé sans suite : seul un agent qui visite l’établissement le rouvre. Dites-lui ce qui a changé.',
      )
    const state = input.state ?? held.state
    const settled =
      state === held.state
        ? {}
        : state === 'open'
          ? { settledAt: null, settledBy: null }
          : { settledAt: ctx.clock.now(), settledBy: person }
    await tx
      .update(finding)
      .set({
        state,
        nature: input.nature ?? held.nature,
        description: input.description ?? held.description,
        party: input.party ?? held.party,
        dueOn: input.dueOn === undefined ? held.dueOn : input.dueOn,
        comment: input.comment === undefined ? held.comment : input.comment,
        ...settled,
      })
      .where(eq(finding.id, id))
    if (held.campaignId !== null) await recountProgress(tx, { uais: [held.uai] }, ctx.clock.now())
    await record(tx, ctx, {
      action: 'finding.change',
      subject: { kind: 'finding', id },
      uai: held.uai,
      details: { fields: Object.keys(input), from: held.state, to: state },
    })
  })
}
