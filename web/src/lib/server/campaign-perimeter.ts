import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import { typedCampaign, type Perimeter, type TypedCampaign } from '#lib/components/campaigns/campaign-form.ts'
import { PERIMETER_WORDS, type PerimeterChoice } from '#lib/components/campaigns/campaign-view.ts'
import type { FormProblem } from '#lib/form-faults.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read } from './api.ts'

/** Establishments that are offered when several answer to what was typed. */
const OFFERED = 15

/** One of the establishments that answer to what was typed. */
export interface Candidate {
  readonly uai: string
  readonly name: string
  readonly commune: string
}
type Refusal = FormProblem & { readonly typed: TypedCampaign; readonly candidates: readonly Candidate[] }
type Chosen =
  | { readonly ok: true; readonly typed: TypedCampaign; readonly perimeter: Perimeter }
  | { readonly ok: false; readonly failure: ActionFailure<Refusal> }

/** The perimeters that a campaign may take. */
export const perimeterChoices = async (event: RequestEvent): Promise<readonly PerimeterChoice[]> =>
  (await read(apiOf(event).v1['campaign-perimeters'].$get(), event.url)).rows

/** In: the form of a campaign, as sent. Out: its perimeter, or why none could be read, with what was typed. */
export async function chosenPerimeter(event: RequestEvent, form: FormData): Promise<Chosen> {
  const kept = typedCampaign(form)
  const chosen = (perimeter: Perimeter): Chosen => ({ ok: true, typed: kept, perimeter })
  const refused = (pointer: string, detail: string, candidates: readonly Candidate[] = []): Chosen => ({
    ok: false,
    failure: fail(422, { detail, errors: [{ pointer, detail }], typed: kept, candidates }),
  })
  if (kept.perimeter !== 'etablissement') {
    const [, kind = '', code = ''] = /^([a-z]+):(.+)$/.exec(kept.perimeter) ?? []
    return code !== '' && isKind(kind)
      ? chosen({ kind, code })
      : refused('/perimeter', 'Choisissez sur quoi porte la campagne.')
  }
  const offered = typed(form, 'uai')
  if (offered !== '' && typed(form, 'cherche') === kept.etablissement)
    return chosen({ kind: 'etablissement', code: offered })
  const { etablissement: q } = kept
  if (q === '') return refused(FIELD, 'Dites quel établissement : son nom, sa commune ou son UAI.')
  const query = { q, pageSize: String(OFFERED) }
  const { rows, total } = await read(apiOf(event).v1.etablissements.$get({ query }), event.url)
  const [only] = rows
  if (!only)
    return refused(
      FIELD,
      `Aucun établissement ouvert de votre périmètre ne répond à « ${q} » : vérifiez son nom, sa commune ou son UAI.`,
    )
  if (total === 1) return chosen({ kind: 'etablissement', code: only.uai })
  return refused(
    FIELD,
    total > rows.length
      ? `${total} établissements répondent à « ${q} » : choisissez, ou précisez.`
      : `${total} établissements répondent à « ${q} » : choisissez.`,
    rows.map(({ uai, name, commune }) => ({ uai, name, commune })),
  )
}

const FIELD = '/perimeter/code'
const isKind = (kind: string): kind is Perimeter['kind'] => Object.hasOwn(PERIMETER_WORDS, kind)
