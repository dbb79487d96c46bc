import { error, fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { uuid } from '../../../params/uuid.ts'
import { caseOf, type NewProcedure } from '../cases.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

async function holderNamed(event: RequestEvent | Parameters<PageServerLoad>[0], name: string) {
  const asked = event.url.searchParams.get(name)
  if (asked === null) return null
  const id = uuid(asked)
  if (!id) error(404, 'Cette personne n’existe pas dans votre périmètre.')
  return read(apiOf(event).v1.holders[':id'].$get({ param: { id } }), event.url)
}

export const load: PageServerLoad = async (event) => {
  const chosen = caseOf(event.url.searchParams.get('cas'))
  if (!chosen) return { chosen: null, holder: null, other: null, asksOther: false }
  const [holder, other] = await Promise.all([holderNamed(event, 'porteur'), holderNamed(event, 'remplacant')])
  const asksOther =
    holder !== null &&
    other === null &&
    (chosen.other === 'asked' || (chosen.other === 'known' && event.url.searchParams.has('autre')))
  return { chosen, holder, other, asksOther }
}

export const actions: Actions = {
  /** A name is searched by a form that is posted: it stays out of addresses and of their logs. */
  chercher: async (event) => {
    const q = typed(await event.request.formData(), 'recherche')
    if (q.length < 2)
      return fail(422, { at: 'search' as const, q, detail: 'Saisissez au moins deux lettres du nom.' })
    const answer = await submit(apiOf(event).v1.holders.$get({ query: { q, pageSize: '25' } }), {
      at: 'search' as const,
      q,
    })
    return answer.ok ? { at: 'search' as const, q, found: answer.data } : answer.failure
  },

  ouvrir: async (event) => {
    const form = await event.request.formData()
    const { searchParams } = event.url
    const kept = { at: 'open' as const, reason: typed(form, 'motif'), dueOn: typed(form, 'echeance') }
    const kind = caseOf(searchParams.get('cas'))?.kind
    const holderId = searchParams.get('porteur')
    if (!kind || !holderId) redirect(303, '/procedures/nouvelle')
    const otherHolderId = searchParams.get('remplacant')
    const json: NewProcedure = {
      kind,
      holderId,
      ...(otherHolderId ? { otherHolderId } : {}),
      ...(kept.reason ? { reason: kept.reason } : {}),
      ...(kept.dueOn ? { dueOn: kept.dueOn } : {}),
    }
    const answer = await submit(apiOf(event).v1.procedures.$post({ json }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, `/procedures/${answer.data.id}?ouverte=oui`)
  },
}
