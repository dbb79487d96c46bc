import { judgeControl, type RequirementId } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { standingsOf } from '../conformity/standing.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { findFramework } from './find-framework.ts'

/**
 * Where an establishment stands on another framework, read through the CARINE requirements that answer its controls.
 * Errors: `forbidden`, `not_found`.
 */
export async function readStanding(ctx: Context, target: { uai: string; framework: string }) {
  const identity = authorise(ctx.actor, 'conformity:read')
  const { framework, standings } = await ctx.db.transact(identity, async (tx) => {
    const etablissement = await findEtablissement(tx, target.uai)
    return {
      framework: await findFramework(tx, target.framework),
      standings: await standingsOf(tx, etablissement),
    }
  })
  const byId = new Map<string, (typeof standings)[number]>(
    standings.map((standing) => [standing.id, standing]),
  )
  const rows = framework.controls.map((control) => {
    const requirements = control.requirements as readonly RequirementId[]
    const judged = judgeControl({ requirements }, (id) => byId.get(id)?.counted ?? 'unknown')
    return {
      ...control,
      ...judged,
      requirements: requirements.map((id) => {
        const standing = byId.get(id)
        return {
          id: id as string,
          statement: standing?.statement ?? '',
          status: standing?.status ?? 'unknown',
          counted: standing?.counted ?? 'unknown',
        }
      }),
    }
  })
  const applicable = rows.filter(({ verdict }) => verdict !== 'not_applicable')
  return {
    framework: { id: framework.id, title: framework.title, version: framework.version },
    compliant: applicable.filter(({ verdict }) => verdict === 'compliant').length,
    applicable: applicable.length,
    rows,
  }
}
