import { schema, type Tx } from '@vigie/db'
import { and, desc, eq } from 'drizzle-orm'
import { proofsOf } from '../declarations/read-declarations.ts'

/** What people said or decided of one requirement of one establishment, newest first, with the proofs that they cite. */
export async function decisionsOn(tx: Tx, uai: string, requirement: string) {
  const { declaration, arbitration, derogation, dispute } = schema
  const declarations = await tx
    .select()
    .from(declaration)
    .where(and(eq(declaration.uai, uai), eq(declaration.requirement, requirement)))
    .orderBy(desc(declaration.declaredAt), desc(declaration.id))
  const arbitrations = await tx
    .select()
    .from(arbitration)
    .where(and(eq(arbitration.uai, uai), eq(arbitration.requirement, requirement)))
    .orderBy(desc(arbitration.decidedAt))
  const derogations = await tx
    .select()
    .from(derogation)
    .where(and(eq(derogation.uai, uai), eq(derogation.requirement, requirement)))
    .orderBy(desc(derogation.requestedAt))
  const disputes = await tx
    .select()
    .from(dispute)
    .where(and(eq(dispute.uai, uai), eq(dispute.requirement, requirement)))
    .orderBy(desc(dispute.openedAt))
  const declared = declarations.find(({ withdrawnAt }) => withdrawnAt === null)
  const proofs = declared ? await proofsOf(tx, [declared]) : new Map<string, never[]>()
  return {
    ...{ declarations, arbitrations, derogations, disputes },
    /** The newest of each kind that nobody took back. */
    declared,
    arbitrated: arbitrations.find(({ withdrawnAt }) => withdrawnAt === null),
    derogated: derogations.find(({ withdrawnAt, refusedAt }) => !withdrawnAt && !refusedAt) ?? derogations[0],
    disputed: disputes[0],
    proofs: declared ? (proofs.get(declared.id) ?? []) : [],
  }
}

export type Decisions = Awaited<ReturnType<typeof decisionsOn>>

/** In: decisions. Out: the accounts behind all of them. */
export const peopleIn = ({
  declarations,
  arbitrations,
  derogations,
  disputes,
}: Decisions): (string | null)[] => [
  ...declarations.flatMap((row) => [row.author, row.withdrawnBy]),
  ...arbitrations.flatMap((row) => [row.author, row.withdrawnBy]),
  ...derogations.flatMap((row) => [row.requestedBy, row.approvedBy, row.refusedBy, row.withdrawnBy]),
  ...disputes.flatMap((row) => [row.openedBy, row.decidedBy]),
]
