import { schema, type Tx } from '@vigie/db'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { ROLE_LABELS } from '../../access/roles.ts'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { presentProofs, withCitations, type CitedProof } from '../proofs/present-proof.ts'
import type { DeclarationHistory, PastDeclaration } from './schema.ts'

const { declaration, declarationProof, proof, roleGrant } = schema
const SHOWN = 100

export type DeclarationRow = typeof declaration.$inferSelect

/** In: declarations. Out: the proofs that each cites. */
export async function proofsOf(
  tx: Tx,
  declarations: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, CitedProof[]>> {
  const ids = declarations.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const links = await tx
    .select({ declarationId: declarationProof.declarationId, proof })
    .from(declarationProof)
    .innerJoin(proof, eq(proof.id, declarationProof.proofId))
    .where(inArray(declarationProof.declarationId, ids))
    .orderBy(desc(proof.uploadedAt))
  const cited = await withCitations(tx, [
    ...new Map(links.map((link) => [link.proof.id, link.proof])).values(),
  ])
  const byId = new Map(cited.map((row) => [row.id, row]))
  return new Map(
    ids.map((id) => [
      id,
      links.flatMap((link) => (link.declarationId === id ? (byId.get(link.proof.id) ?? []) : [])),
    ]),
  )
}

/** In: accounts and an establishment. Out: the function that each holds there today. Credentials are read apart. */
export async function functionsOf(
  ctx: Context,
  uai: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: roleGrant.accountId, role: roleGrant.role })
      .from(roleGrant)
      .where(
        and(
          inArray(roleGrant.accountId, [...new Set(accountIds)]),
          eq(roleGrant.perimeterKind, 'etablissement'),
          eq(roleGrant.perimeterCode, uai),
        ),
      ),
  )
  return new Map(rows.map(({ id, role }) => [id, ROLE_LABELS[role]]))
}

/**
 * What an establishment says and said of a requirement, with authors and proofs. Errors: `forbidden`, `not_found`.
 */
export async function readDeclarations(
  ctx: Context,
  target: { uai: string; requirement: string },
): Promise<DeclarationHistory> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const { requirement } = target
  const { uai, rows, proofs } = await ctx.db.transact(identity, async (tx) => {
    const place = await findEtablissement(tx, target.uai)
    const found = await tx
      .select()
      .from(declaration)
      .where(and(eq(declaration.uai, place.uai), eq(declaration.requirement, requirement)))
      .orderBy(desc(declaration.declaredAt), desc(declaration.id))
      .limit(SHOWN)
    return { uai: place.uai, rows: found, proofs: await proofsOf(tx, found) }
  })
  const people = rows.flatMap(({ author, withdrawnBy }) => (withdrawnBy ? [author, withdrawnBy] : [author]))
  const nameOf = await nameAuthors(ctx, people)
  const functions = await functionsOf(ctx, uai, people)
  const now = ctx.clock.now()
  const newest = rows.find(({ withdrawnAt }) => withdrawnAt === null)
  const cited = [...proofs.values()].flat()
  const shown = new Map((await presentProofs(ctx, cited)).map((told) => [told.id, told]))
  const history = rows.map((row): PastDeclaration => {
    const { id, verdict, comment, origin, author, declaredAt, expiresAt, withdrawnAt, withdrawnBy } = row
    return {
      ...{ id, verdict, comment, origin, author: nameOf(author) },
      authorFunction: functions.get(author) ?? null,
      declaredAt: declaredAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
      withdrawnBy: withdrawnBy === null ? null : nameOf(withdrawnBy),
      inForce: row === newest && expiresAt > now,
      proofs: (proofs.get(id) ?? []).flatMap((kept) => shown.get(kept.id) ?? []),
    }
  })
  return { uai, requirement, current: history.find(({ inForce }) => inForce) ?? null, history }
}
