import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Grant } from '../../access/actor.ts'
import type { CoveredPerimeters } from '../../access/covered-perimeters.ts'
import { PERIMETER_LABELS, ROLE_LABELS, ROLE_PERIMETERS } from '../../access/roles.ts'
import { AppError } from '../../errors.ts'

export type GrantRow = typeof schema.roleGrant.$inferSelect

export const AUTH = { role: 'vigie_auth' } as const

export const asGrant = (row: GrantRow): Grant => ({
  role: row.role,
  perimeter: { kind: row.perimeterKind, code: row.perimeterCode },
})

/**
 * A role fits its kind of perimeter, and the perimeter is within what the caller covers: outside, it does not exist.
 * Errors: `invalid_input`, naming the grant.
 */
export function checkGrant(grant: Grant, covered: CoveredPerimeters, pointer: string): void {
  const kinds = ROLE_PERIMETERS[grant.role]
  const { kind, code } = grant.perimeter
  const detail = !kinds.includes(kind)
    ? `Le rôle « ${ROLE_LABELS[grant.role]} » se tient sur : ${kinds.map((k) => PERIMETER_LABELS[k].toLowerCase()).join(', ')}.`
    : !covered.covers(grant.perimeter)
      ? `${PERIMETER_LABELS[kind]} ${code} n’existe pas dans votre périmètre.`
      : null
  if (detail) throw new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
}

export interface FoundAccount {
  readonly account: typeof schema.account.$inferSelect
  readonly grants: readonly GrantRow[]
}

/**
 * The account, if one of its roles is within what the caller covers. Errors: `not_found`; `conflict` when `whole` is
 * asked and one of its roles is outside.
 */
export async function findManaged(
  tx: Tx,
  accountId: string,
  covered: CoveredPerimeters,
  options: { whole: boolean },
): Promise<FoundAccount> {
  const [account] = await tx.select().from(schema.account).where(eq(schema.account.id, accountId))
  const grants = await tx.select().from(schema.roleGrant).where(eq(schema.roleGrant.accountId, accountId))
  const inside = grants.filter((row) => covered.covers(asGrant(row).perimeter))
  if (!account || (inside.length === 0 && covered.keys !== null)) {
    throw new AppError('not_found', 'Ce compte n’existe pas dans votre périmètre.')
  }
  if (options.whole && inside.length < grants.length) {
    throw new AppError(
      'conflict',
      'Ce compte a aussi un rôle hors de votre périmètre : retirez-lui seulement les vôtres.',
    )
  }
  return { account, grants }
}
