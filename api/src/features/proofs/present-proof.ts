import { schema, type Tx } from '@vigie/db'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { mediaTypeNamed } from './media-types.ts'
import type { Proof } from './schema.ts'

const { proof, declaration, declarationProof, findingProof } = schema

export type ProofRow = typeof proof.$inferSelect
/** A proof, and what cites it. */
export type CitedProof = ProofRow & { readonly requirements: readonly string[]; readonly attached: boolean }

export const unknownProof = () =>
  new AppError('not_found', 'Cette preuve n’existe pas, ou n’est pas dans votre périmètre.')

/** In: proofs that the caller sees. Out: the same, in the same order, with what cites each. */
export async function withCitations(tx: Tx, rows: readonly ProofRow[]): Promise<CitedProof[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const declared = await tx
    .selectDistinct({ proofId: declarationProof.proofId, requirement: declaration.requirement })
    .from(declarationProof)
    .innerJoin(declaration, eq(declaration.id, declarationProof.declarationId))
    .where(inArray(declarationProof.proofId, ids))
  const found = await tx
    .selectDistinct({ proofId: findingProof.proofId })
    .from(findingProof)
    .where(inArray(findingProof.proofId, ids))
  const inFindings = new Set(found.map(({ proofId }) => proofId))
  return rows.map((row) => {
    const requirements = declared
      .filter(({ proofId }) => proofId === row.id)
      .map(({ requirement }) => requirement)
      .toSorted()
    return { ...row, requirements, attached: requirements.length > 0 || inFindings.has(row.id) }
  })
}

/** SQL: no declaration and no finding cites the proof. */
export const isUnattached = sql`not exists (select 1 from ${declarationProof} where ${declarationProof.proofId} = ${proof.id})
  and not exists (select 1 from ${findingProof} where ${findingProof.proofId} = ${proof.id})`

/** In: proofs with what cites them. Out: what the API tells of them. */
export async function presentProofs(ctx: Context, rows: readonly CitedProof[]): Promise<Proof[]> {
  const nameOf = await nameAuthors(
    ctx,
    rows.map(({ uploadedBy }) => uploadedBy),
  )
  return rows.map((row) => ({
    ...row,
    kind: mediaTypeNamed(row.mediaType)?.label ?? row.mediaType,
    uploadedAt: row.uploadedAt.toISOString(),
    uploadedBy: nameOf(row.uploadedBy),
    requirements: [...row.requirements],
  }))
}
