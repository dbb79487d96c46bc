import { fail } from '@sveltejs/kit'
import { IRREVERSIBLE, isTransition } from '#lib/components/keys/key-words.ts'
import { lifeLine } from '#lib/components/keys/life-line.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const CANDIDATES_AT_MOST = 20

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event)
  const key = await read(api.v1.keys[':serial'].$get({ param: event.params }), event.url)
  const needsCall = key.allowed.some(({ needs }) => needs.some(({ need }) => need === 'call_back'))
  const holder =
    needsCall && key.holder
      ? await read(api.v1.holders[':id'].$get({ param: { id: key.holder.id } }), event.url)
      : null
  return { key, line: lifeLine(key), callBackNumber: holder?.callBackNumber ?? null }
}

export const actions: Actions = {
  changer: async (event) => {
    const form = await event.request.formData()
    const act = typed(form, 'acte')
    const kept = { act, reason: typed(form, 'motif') }
    const { serial } = event.params
    if (!isTransition(act)) return fail(422, { ...kept, detail: 'Choisissez un acte proposé par la fiche.' })
    if (IRREVERSIBLE.includes(act) && typed(form, 'confirmation') !== serial)
      return fail(422, {
        ...kept,
        detail: `Pour confirmer, tapez exactement le numéro de la clé : ${serial}.`,
      })
    const answer = await submit(
      apiOf(event).v1.keys[':serial'].transitions.$post({
        param: { serial },
        json: {
          transition: act,
          ...(kept.reason ? { reason: kept.reason } : {}),
          ...(form.get('rappel') === 'oui' ? { calledBack: true as const } : {}),
        },
      }),
      kept,
    )
    return answer.ok ? { done: act } : answer.failure
  },

  chercher: async (event) => {
    const q = typed(await event.request.formData(), 'q')
    const kept = { act: 'bind' as const, q }
    if (q === '') return fail(422, { ...kept, detail: 'Tapez le nom ou l’identifiant du porteur.' })
    const answer = await submit(
      apiOf(event).v1.holders.$get({ query: { q, pageSize: String(CANDIDATES_AT_MOST) } }),
      kept,
    )
    return answer.ok ? { ...kept, candidates: answer.data } : answer.failure
  },

  attribuer: async (event) => {
    const form = await event.request.formData()
    const kept = { act: 'bind' as const, q: typed(form, 'q') }
    const answer = await submit(
      apiOf(event).v1.keys[':serial'].bindings.$post({
        param: { serial: event.params.serial },
        json: { holderId: typed(form, 'porteur') },
      }),
      kept,
    )
    return answer.ok ? { done: 'bind' as const } : answer.failure
  },

  restituer: async (event) => {
    const form = await event.request.formData()
    const kept = {
      act: 'take_back' as const,
      reason: typed(form, 'motif'),
      representative: typed(form, 'representant'),
    }
    const answer = await submit(
      apiOf(event).v1.keys[':serial'].restitution.$post({
        param: { serial: event.params.serial },
        json: {
          ...(kept.reason ? { reason: kept.reason } : {}),
          ...(kept.representative ? { representative: kept.representative } : {}),
        },
      }),
      kept,
    )
    return answer.ok ? { done: 'take_back' as const, slip: answer.data } : answer.failure
  },
}
