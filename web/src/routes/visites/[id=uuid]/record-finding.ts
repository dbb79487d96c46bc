import type { RequestEvent } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, submit } from '#lib/server/api.ts'
import { MOST_PHOTOS } from '#lib/visit/visit-view.ts'

type Nature = 'I' | 'D' | 'A'
type Party = 'etablissement' | 'collectivite' | 'academie'

/** What a form of a finding keeps after a refusal. */
export const keptFinding = (form: FormData) => ({
  requirement: typed(form, 'exigence'),
  nature: typed(form, 'nature'),
  description: typed(form, 'description'),
  party: typed(form, 'responsable'),
  dueOn: typed(form, 'echeance'),
})

/**
 * Records a finding with its photos: the finding first, so that it stands whatever becomes of them; each photo is stored
 * as a proof of the establishment, once however often it is sent.
 */
export async function recordFinding(event: RequestEvent, uai: string, visitId: string, form: FormData) {
  const api = apiOf(event).v1
  const id = typed(form, 'id')
  const party = typed(form, 'responsable')
  const kept = { finding: keptFinding(form) }
  const json = {
    ...(id ? { id } : {}),
    visitId,
    requirement: typed(form, 'exigence') || null,
    nature: typed(form, 'nature') as Nature,
    description: typed(form, 'description'),
    ...(party ? { party: party as Party } : {}),
    dueOn: typed(form, 'echeance') || null,
  }
  const recorded = await submit(api.etablissements[':uai'].findings.$post({ param: { uai }, json }), kept)
  if (!recorded.ok) return recorded
  const photos = form.getAll('photos').filter((part): part is File => part instanceof File && part.size > 0)
  for (const file of photos.slice(0, MOST_PHOTOS)) {
    const stored = await submit(
      api.etablissements[':uai'].proofs.$post({
        param: { uai },
        form: { file, description: 'Photo de visite' },
      }),
      kept,
    )
    if (!stored.ok) return stored
    const cited = await submit(
      api.findings[':id'].proofs.$post({
        param: { id: recorded.data.id },
        json: { proofIds: [stored.data.id] },
      }),
      kept,
    )
    if (!cited.ok) return cited
  }
  return recorded
}
