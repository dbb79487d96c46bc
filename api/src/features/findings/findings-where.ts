import { schema, type Tx } from '@vigie/db'
import { asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'

const { finding, findingProof, proof, etablissement, campaign } = schema

const ORDER = [
  sql`array_position(array['open', 'done', 'dropped'], ${finding.state})`,
  sql`${finding.dueOn} nulls last`,
  desc(finding.createdAt),
  asc(finding.id),
]

async function placed(tx: Tx, where: SQL | undefined, page?: { limit: number; offset: number }) {
  const query = tx
    .select({
      finding,
      etablissementName: etablissement.name,
      commune: etablissement.commune,
      campaignName: campaign.name,
    })
    .from(finding)
    .innerJoin(etablissement, eq(etablissement.uai, finding.uai))
    .leftJoin(campaign, eq(campaign.id, finding.campaignId))
    .where(where)
    .orderBy(...ORDER)
  return page ? query.limit(page.limit).offset(page.offset) : query
}

/** In: a condition. Out: findings that the caller sees, with their place and their proofs, what is to be done first. */
export async function findingsWhere(
  tx: Tx,
  where: SQL | undefined,
  page?: { readonly limit: number; readonly offset: number },
) {
  const rows = await placed(tx, where, page)
  const ids = rows.map((row) => row.finding.id)
  const proofs =
    ids.length === 0
      ? []
      : await tx
          .select({
            findingId: findingProof.findingId,
            id: proof.id,
            fileName: proof.fileName,
            mediaType: proof.mediaType,
          })
          .from(findingProof)
          .innerJoin(proof, eq(proof.id, findingProof.proofId))
          .where(inArray(findingProof.findingId, ids))
          .orderBy(asc(proof.uploadedAt), asc(proof.id))
  return rows.map((row) => ({
    ...row,
    proofs: proofs
      .filter(({ findingId }) => findingId === row.finding.id)
      .map(({ findingId: _, ...kept }) => kept),
  }))
}

export type FoundFinding = Awaited<ReturnType<typeof findingsWhere>>[number]
