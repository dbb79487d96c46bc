import { schema } from '@vigie/db'
import type { RequirementId } from '@vigie/rules'
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { requestDerogation } from '../../derogations/request-derogation.ts'
import { openDispute } from '../../disputes/open-dispute.ts'

const DAY_MS = 86_400_000

/** Establishments of the story, the gaps observed there, and their heads speaking. */
export interface Waiting {
  readonly college: {
    readonly head: Context
    readonly uai: string
    readonly demanded: readonly RequirementId[]
  }
  readonly ecole: {
    readonly head: Context
    readonly uai: string
    readonly recommended: readonly RequirementId[]
  }
}

const WORKER = { role: 'vigie_worker' } as const

/** A story that was interrupted asks nothing twice. */
async function alreadyAsked({ db }: Context, table: 'dispute' | 'derogation', uai: string): Promise<boolean> {
  const asked = schema[table]
  const rows = await db.transact(WORKER, (tx) =>
    tx.select({ id: asked.id }).from(asked).where(eq(asked.uai, uai)).limit(1),
  )
  return rows.length > 0
}

/** In: requirements of an establishment. Out: the last of those that something observes. */
async function lastObserved(
  { db }: Context,
  uai: string,
  among: readonly RequirementId[],
): Promise<RequirementId | undefined> {
  if (among.length === 0) return undefined
  const { requirementStatus } = schema
  const rows = await db.transact(WORKER, (tx) =>
    tx
      .select({ requirement: requirementStatus.requirement })
      .from(requirementStatus)
      .where(
        and(
          eq(requirementStatus.uai, uai),
          inArray(requirementStatus.requirement, [...among]),
          ne(requirementStatus.verdict, 'unknown'),
        ),
      ),
  )
  const seen = new Set(rows.map(({ requirement }) => requirement))
  return among.findLast((requirement) => seen.has(requirement))
}

/** Leaves in the queue of the RSSI what the story's heads ask: a dispute, and a derogation. */
export async function leaveCases({ college, ecole }: Waiting): Promise<void> {
  const disputed = await lastObserved(college.head, college.uai, college.demanded)
  if (disputed !== undefined && !(await alreadyAsked(college.head, 'dispute', college.uai)))
    await openDispute(
      college.head,
      { uai: college.uai },
      {
        requirement: disputed,
        kind: 'wrong_observation',
        reason: 'Le relevé porte sur l’ancien serveur, remplacé pendant les vacances de la Toussaint.',
      },
    )
  const [wished] = ecole.recommended
  if (wished !== undefined && !(await alreadyAsked(ecole.head, 'derogation', ecole.uai)))
    await requestDerogation(
      ecole.head,
      { uai: ecole.uai },
      {
        requirement: wished,
        justification:
          'La commune remplace les postes à la rentrée ; d’ici là, les usages sensibles sont suspendus.',
        expiresAt: new Date(ecole.head.clock.now().getTime() + 300 * DAY_MS).toISOString(),
      },
    )
}
