import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { personOf } from '../declarations/target.ts'
import { dayOf, keptAcademie } from '../key-stock/place.ts'
import type { RetentionRange, RetentionRangeInput } from './schema.ts'

/** Decides the legal range of retention of an académie. Errors: `forbidden`, `not_found`. */
export async function decideRetentionRange(
  ctx: Context,
  code: string,
  input: RetentionRangeInput,
): Promise<RetentionRange> {
  const identity = authorise(ctx.actor, 'log_retention:decide')
  const academie = keptAcademie(identity, code)
  const decidedBy = personOf(ctx)
  const decidedOn = dayOf(ctx.clock.now())
  const { logRetentionRange } = schema
  await write(ctx, identity, async (tx) => {
    const decided = { ...input, decidedOn, decidedBy }
    await tx
      .insert(logRetentionRange)
      .values({ academie, ...decided })
      .onConflictDoUpdate({ target: logRetentionRange.academie, set: decided })
    await record(tx, ctx, {
      action: 'log_retention.decide',
      subject: { kind: 'academie', id: academie },
      details: { ...input },
    })
  })
  return { academie, ...input, decidedOn, canDecide: true }
}
