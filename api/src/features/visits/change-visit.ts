import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holdVisit, openVisit } from './find-visit.ts'
import type { VisitChange } from './schema.ts'
import { visitDay } from './visit-day.ts'

/**
 * Changes the day or the note of a visit under way. Errors: `forbidden`, `not_found`, `invalid_input` for a day to come,
 * `conflict` once closed.
 */
export async function changeVisit(ctx: Context, id: string, input: VisitChange): Promise<void> {
  const identity = authorise(ctx.actor, 'visit:work')
  await write(ctx, identity, async (tx) => {
    const visit = openVisit(await holdVisit(tx, ctx, id))
    await tx
      .update(schema.visit)
      .set({
        visitedOn:
          input.visitedOn === undefined
            ? visit.visitedOn
            : visitDay(ctx, await academieOf(tx, visit.uai), input.visitedOn),
        note: input.note === undefined ? visit.note : input.note,
      })
      .where(eq(schema.visit.id, id))
    await record(tx, ctx, {
      action: 'visit.change',
      subject: { kind: 'visit', id },
      uai: visit.uai,
      details: { fields: Object.keys(input) },
    })
  })
}

async function academieOf(tx: Tx, uai: string): Promise<string> {
  const { etablissement } = schema
  const [row] = await tx
    .select({ academie: etablissement.academie })
    .from(etablissement)
    .where(eq(etablissement.uai, uai))
  return row?.academie ?? ''
}
