import type { Actor } from '@vigie/api/access'
import { schema, type Database } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { and, eq } from 'drizzle-orm'
import { aClock, type aRandom } from './clock.ts'
import { contextOf, depsOn } from './deps.ts'

/** People who declare, ask and decide about one establishment, on a clock that moves on demand. */
export function aDecision(db: Database, uai: string, random: ReturnType<typeof aRandom>) {
  const clock = aClock('2026-11-16T09:00:00Z')
  const deps = depsOn(db, { clock, random })
  const as = (role: Role) => contextOf(deps, aPerson(role, uai, random))
  return { clock, system: contextOf(deps), as }
}

function aPerson(role: Role, uai: string, random: ReturnType<typeof aRandom>): Actor {
  const perimeter =
    role === 'rssi'
      ? ({ kind: 'academie', code: '98' } as const)
      : ({ kind: 'etablissement', code: uai } as const)
  return { kind: 'account', id: random.uuid(), login: role, displayName: role, grants: [{ role, perimeter }] }
}

/** Row of a requirement's status at an establishment; undefined when nothing was ever known of it. */
export const statusAt = async (db: Database, uai: string, requirement: string) =>
  (
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx
        .select()
        .from(schema.requirementStatus)
        .where(
          and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, requirement)),
        ),
    )
  )[0]
