import { fail } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const MAILS_SHOWN = '20'

/** Code of an académie when the address names one. */
const academieOf = (url: URL): string | null =>
  /^\d{1,3}$/.exec(url.searchParams.get('academie') ?? '')?.[0] ?? null

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1.deployment
  const academie = academieOf(event.url)
  const keeper = may(event.locals.me, 'key:stock')
  const [deployment, { rows: recipients }, mails] = await Promise.all([
    read(api.$get({ query: academie ? { academie } : {} }), event.url),
    read(api.recipients.$get(), event.url),
    keeper ? read(api.mails.$get({ query: { pageSize: MAILS_SHOWN } }), event.url) : null,
  ])
  return {
    deployment,
    recipients: recipients.filter((recipient) => recipient.academie === deployment.academie),
    mails: mails?.rows ?? [],
    keeper,
  }
}

export const actions: Actions = {
  ajouter: async (event) => {
    const form = await event.request.formData()
    const mail = typed(form, 'mail')
    const kept = { act: 'ajouter' as const, mail }
    const academie = typed(form, 'academie')
    const answer = await submit(
      apiOf(event).v1.deployment.recipients.$post({
        json: { mail, ...(academie ? { academie } : {}) },
      }),
      kept,
    )
    return answer.ok ? { done: 'ajouter' as const, mail } : answer.failure
  },

  retirer: async (event) => {
    const mail = typed(await event.request.formData(), 'mail')
    const answer = await submit(apiOf(event).v1.deployment.recipients[':mail'].$delete({ param: { mail } }), {
      act: 'retirer' as const,
      mail,
    })
    return answer.ok ? { done: 'retirer' as const, mail } : answer.failure
  },

  decider: async (event) => {
    const form = await event.request.formData()
    const mailId = typed(form, 'message')
    const decision = typed(form, 'decision')
    const kept = { act: 'decider' as const, mail: mailId }
    if (decision !== 'resend' && decision !== 'close')
      return fail(422, { ...kept, detail: 'Choisissez d’envoyer de nouveau, ou de clore.' })
    const answer = await submit(
      apiOf(event).v1.deployment.mails[':mailId'].settlement.$post({ param: { mailId }, json: { decision } }),
      kept,
    )
    return answer.ok ? { done: 'decider' as const, mail: mailId } : answer.failure
  },
}
