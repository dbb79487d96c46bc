import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { allSummaries, findFramework } from './find-framework.ts'
import { summaryOf } from './known-framework.ts'

/** Every framework, with how much of it CARINE answers. Errors: `forbidden`. */
export async function listFrameworks(ctx: Context) {
  const identity = authorise(ctx.actor, 'catalogue:read')
  return { rows: await ctx.db.transact(identity, allSummaries) }
}

/** One framework with its controls. Errors: `forbidden`, `not_found`. */
export async function readFramework(ctx: Context, id: string) {
  const identity = authorise(ctx.actor, 'catalogue:read')
  const known = await ctx.db.transact(identity, (tx) => findFramework(tx, id))
  return {
    ...summaryOf(known),
    rows: known.controls.map((control) => ({ ...control, requirements: [...control.requirements] })),
  }
}
