import { schema } from '@vigie/db'
import type { PerimeterKind } from '@vigie/db/schema'
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { ROLE_PERMISSIONS } from '../../access/permissions.ts'
import type { Context } from '../../context.ts'
import { pendingFactor } from '../second-factor/pending-factor.ts'

/** Days over which sign-ins are looked at. */
const DAYS = 30
const VIEWERS = new Set([...ROLE_PERMISSIONS['target:read'], ...ROLE_PERMISSIONS['supervision:read']])
const HEADS = new Set(['chef_etablissement', 'directeur_ecole'])

export interface SeenFrom {
  readonly kind: PerimeterKind
  readonly code: string
  /** Everyone who came from there had to give a code. */
  readonly strong: boolean
}

export interface People {
  /** Perimeters of those who signed in over 30 days and see the supervision. */
  readonly viewers: readonly SeenFrom[]
  /** Establishments whose head has an account in use. */
  readonly heads: readonly string[]
}

const readGrants = (ctx: Context, at: Date) =>
  ctx.db.transact({ role: 'vigie_auth' }, async (tx) => {
    const { account, roleGrant, otpHolder, otpCredential, otpKey } = schema
    const grants = await tx
      .select({
        accountId: account.id,
        demonstration: account.demonstration,
        signedInAt: account.signedInAt,
        role: roleGrant.role,
        kind: roleGrant.perimeterKind,
        code: roleGrant.perimeterCode,
      })
      .from(roleGrant)
      .innerJoin(account, eq(account.id, roleGrant.accountId))
      .where(isNull(account.disabledAt))
    const keys = await tx
      .select({ accountId: otpHolder.accountId, state: otpKey.state })
      .from(otpHolder)
      .innerJoin(otpCredential, eq(otpCredential.holderId, otpHolder.id))
      .innerJoin(otpKey, eq(otpKey.id, otpCredential.keyId))
      .innerJoin(account, eq(account.id, otpHolder.accountId))
      .where(
        and(
          isNotNull(otpHolder.accountId),
          gt(account.signedInAt, new Date(at.getTime() - DAYS * 86_400_000)),
        ),
      )
    return { grants, keys: new Map(keys.map(({ accountId, state }) => [accountId, state])) }
  })

/** Who may see what, and who of them came lately, told by perimeter: no person is named beyond this point. */
export async function readPeople(ctx: Context, at: Date): Promise<People> {
  const { grants, keys } = await readGrants(ctx, at)
  const privileged = new Set(
    grants
      .filter(({ role, demonstration }) => !demonstration && ctx.config.strongRoles.includes(role))
      .map(({ accountId }) => accountId),
  )
  const since = at.getTime() - DAYS * 86_400_000
  const viewers = new Map<string, SeenFrom>()
  for (const { accountId, signedInAt, role, kind, code } of grants) {
    if (!VIEWERS.has(role) || !signedInAt || signedInAt.getTime() <= since) continue
    const asked = pendingFactor(keys.get(accountId) ?? null, privileged.has(accountId)) !== null
    const strong = asked && (viewers.get(`${kind}:${code}`)?.strong ?? true)
    viewers.set(`${kind}:${code}`, { kind, code, strong })
  }
  return {
    viewers: [...viewers.values()],
    heads: grants
      .filter(({ role, kind }) => kind === 'etablissement' && HEADS.has(role))
      .map(({ code }) => code),
  }
}
