import type { RequestEvent } from '@sveltejs/kit'
import type { HeldProof, TypedProofs } from '#lib/components/proofs/proof-form.ts'
import { apiOf, submit } from './api.ts'
import type { Problem } from './problem.ts'

/** Proofs that the establishment now holds, and why the next one was refused, if one was. */
export interface SentProofs {
  readonly held: readonly HeldProof[]
  readonly problem: Problem | null
}

/**
 * Sends the files of a form one after the other, and stops at the first refusal: what was taken is kept, so that nobody
 * sends it twice.
 */
export async function sendProofs(
  event: Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'>,
  target: { readonly uai: string; readonly requirement: string },
  { files, held, effectiveOn }: TypedProofs,
): Promise<SentProofs> {
  const kept = [...held]
  for (const file of files) {
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].proofs.$post({
        param: { uai: target.uai },
        form: { file, requirement: target.requirement, ...(effectiveOn ? { effectiveOn } : {}) },
      }),
    )
    if (!answer.ok) {
      const detail = `« ${file.name} » : ${answer.problem.detail}`
      return { held: kept, problem: { ...answer.problem, detail } }
    }
    const { id, fileName } = answer.data
    if (!kept.some((proof) => proof.id === id)) kept.push({ id, fileName })
  }
  return { held: kept, problem: null }
}
