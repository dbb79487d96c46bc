import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { formatCount } from '#lib/format.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const sessionOf = (event: RequestEvent) => apiOf(event).v1['hand-over-sessions'][':id']

export const load: PageServerLoad = async (event) => ({
  session: await read(apiOf(event).v1['hand-over-sessions'][':id'].$get({ param: event.params }), event.url),
})

export const actions: Actions = {
  inviter: async (event) => {
    const answer = await submit(
      sessionOf(event).guests.$post({ param: event.params, json: { all: true as const } }),
    )
    if (!answer.ok) return answer.failure
    const { added } = answer.data
    return {
      done:
        added === 0
          ? 'Personne n’attendait d’invitation.'
          : `${formatCount(added, 'personne est invitée', 'personnes sont invitées')}. Il reste à les convoquer.`,
    }
  },

  convoquer: async (event) => {
    const answer = await submit(sessionOf(event).convocations.$post({ param: event.params }))
    if (!answer.ok) return answer.failure
    const { mailed, toPrint } = answer.data
    if (mailed + toPrint === 0) return { done: 'Tous les invités étaient déjà convoqués.' }
    const byMail = formatCount(mailed, 'convocation part', 'convocations partent')
    const byHand = formatCount(toPrint, 'personne sans adresse est', 'personnes sans adresse sont')
    return {
      done: [
        ...(mailed > 0 ? [`${byMail} par courriel.`] : []),
        ...(toPrint > 0 ? [`${byHand} à prévenir autrement : imprimez la liste.`] : []),
      ].join(' '),
    }
  },

  retirer: async (event) => {
    const holder = typed(await event.request.formData(), 'porteur')
    const param = { id: event.params.id, holder }
    const answer = await submit(sessionOf(event).guests[':holder'].$delete({ param }))
    return answer.ok
      ? { done: 'La personne est retirée de la liste ; sa nomination reste ouverte.' }
      : answer.failure
  },
}
