import { may } from '../../access/authorise.ts'
import { labelPerimeters } from '../../access/perimeter-labels.ts'
import { PERMISSIONS } from '../../access/permissions.ts'
import { ROLE_LABELS } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

/** The signed-in account: who it is, what it holds, what it may. Errors: `unauthenticated`, `forbidden`. */
export async function readMe(ctx: Context) {
  const { actor } = ctx
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Connectez-vous.')
  if (actor.kind !== 'account') {
    throw new AppError('forbidden', 'Cette page décrit le compte d’une personne, pas un compte de service.')
  }
  const perimeters = actor.grants.map((grant) => grant.perimeter)
  const labels = await labelPerimeters(ctx, { role: 'vigie_app', perimeters }, perimeters)
  return {
    id: actor.id,
    login: actor.login,
    displayName: actor.displayName,
    grants: actor.grants.map(({ role, perimeter }, index) => ({
      role,
      roleLabel: ROLE_LABELS[role],
      perimeter: { kind: perimeter.kind, code: perimeter.code, label: labels[index] ?? perimeter.code },
    })),
    permissions: PERMISSIONS.filter((permission) => may(actor, permission)),
    lastVisitAt: actor.lastVisitAt?.toISOString() ?? null,
    pending: actor.pending ?? null,
    hasKey: actor.holderId != null,
  }
}
