import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { RequirementRow, RequirementRows, RequirementsQuery } from './schema.ts'
import { standingsOf, type Standing } from './standing.ts'

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()

function matches(standing: Standing, query: RequirementsQuery): boolean {
  const { service, level, status, automatic, q } = query
  const text = fold(`${standing.id} ${standing.function} ${standing.statement}`)
  return (
    (service === undefined || standing.service === service) &&
    (level === undefined || standing.level === level) &&
    (status === undefined || standing.status === status) &&
    (automatic === undefined || String(standing.automatic) === automatic) &&
    fold(q ?? '')
      .split(/\s+/)
      .every((word) => text.includes(word))
  )
}

function rowOf(standing: Standing): RequirementRow {
  const { id, service, statement, level, automatic, verdict, unknownReason, status, basis } = standing
  const { reason, figures, staleAt, since, party, partyLabel, derogatedUntil } = standing
  return {
    ...{ id, service, function: standing.function, statement, level, automatic, verdict, unknownReason },
    ...{ status, basis, reason, figures, staleAt, since, party, partyLabel, derogatedUntil },
  }
}

/** Requirements of an establishment under the filters, in catalogue order. Errors: `forbidden`, `not_found`. */
export async function listRequirements(
  ctx: Context,
  uai: string,
  query: RequirementsQuery,
): Promise<RequirementRows> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const standings = await ctx.db.transact(identity, async (tx) =>
    standingsOf(tx, await findEtablissement(tx, uai)),
  )
  const rows = standings.filter((standing) => matches(standing, query)).map(rowOf)
  return { total: rows.length, rows }
}
