import { schema, type Tx } from '@vigie/db'
import { HOLDER_FUNCTION_LABELS, managerOf, superiorOf } from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import { ROLE_LABELS } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import type { PrintedAgent, PrintedHolder, PrintedKey } from '../bordereaux/content.ts'
import type { HolderRow, KeyRow } from './key-row.ts'

const { etablissement } = schema

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

export const printedKey = ({ serial, model, expiresOn }: KeyRow): PrintedKey => ({ serial, model, expiresOn })

/** The person who acts, in the role in which he acts on that holder's key. */
export function printedAgent({ actor }: Context, holder: HolderRow | null): PrintedAgent {
  if (actor.kind !== 'account') return { displayName: 'Vigie', functionLabel: 'service automatique' }
  const expected: readonly string[] =
    holder === null ? [] : [superiorOf(holder.holderFunction), managerOf(holder.holderFunction)]
  const grants = [...actor.grants]
  const grant = grants.find(({ role }) => expected.includes(role)) ?? grants[0]
  return {
    displayName: actor.displayName,
    functionLabel: grant ? lowerFirst(ROLE_LABELS[grant.role]) : 'agent',
  }
}

/** The holder as a slip names him: a school for who has one, the commune of a mairie, the circonscription of an inspector. */
export async function printedHolder(tx: Tx, holder: HolderRow): Promise<PrintedHolder> {
  return {
    displayName: holder.displayName,
    login: holder.login,
    functionLabel: lowerFirst(HOLDER_FUNCTION_LABELS[holder.holderFunction]),
    place: await placeName(tx, holder),
  }
}

/** What names the place of a holder; null when nothing the caller sees does. */
export async function placeName(tx: Tx, holder: HolderRow): Promise<string | null> {
  const where = holder.uai
    ? eq(etablissement.uai, holder.uai)
    : holder.communeCode
      ? eq(etablissement.communeCode, holder.communeCode)
      : holder.circonscription
        ? eq(etablissement.circonscription, holder.circonscription)
        : null
  if (where === null) return holder.company
  const [found] = await tx
    .select({
      name: etablissement.name,
      commune: etablissement.commune,
      circonscription: etablissement.circonscriptionName,
    })
    .from(etablissement)
    .where(and(where))
    .limit(1)
  if (!found) return holder.company
  if (holder.uai) return `${found.name}, ${found.commune}`
  return holder.communeCode ? found.commune : (found.circonscription ?? null)
}
