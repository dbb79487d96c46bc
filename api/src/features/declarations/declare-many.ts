import { schema } from '@vigie/db'
import type { DecidedVerdict } from '@vigie/db/schema'
import type { RequirementId } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { markDue } from '../evidence/mark-due.ts'
import { VALID_MONTHS } from './declare-in.ts'
import { findOpenEtablissement, monthsAfter, personOf } from './target.ts'

export interface RequirementDeclaration {
  readonly requirement: RequirementId
  readonly verdict: DecidedVerdict
  readonly comment: string
}

/**
 * Says at once, for the establishment, where several requirements stand, as a campaign of declarations asks. Same rules
 * as `declare`, one transaction and one line of journal; the establishment is due for evaluation, which the caller
 * or the queue runs. Errors: `forbidden`, `not_found`.
 */
export async function declareMany(
  ctx: Context,
  target: { uai: string },
  declarations: readonly RequirementDeclaration[],
): Promise<void> {
  const identity = authorise(ctx.actor, 'declaration:write')
  const author = personOf(ctx)
  const declaredAt = ctx.clock.now()
  const expiresAt = monthsAfter(declaredAt, VALID_MONTHS)
  if (declarations.length === 0) return
  await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const rows = declarations.map((declaration) => ({
      ...declaration,
      origin: 'bulk' as const,
      id: ctx.random.uuid(),
      uai,
      author,
      declaredAt,
      expiresAt,
    }))
    await tx.insert(schema.declaration).values(rows)
    await markDue(tx, [uai], declaredAt)
    await record(tx, ctx, {
      action: 'declaration.write_many',
      subject: { kind: 'etablissement', id: uai },
      uai,
      details: {
        verdicts: Object.fromEntries(rows.map(({ requirement, verdict }) => [requirement, verdict])),
        expiresAt: expiresAt.toISOString(),
      },
    })
  })
}
