import { redirect } from '@sveltejs/kit'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { nextPlace } from '#lib/sign-in.ts'
import type { Actions, PageServerLoad } from './$types.ts'
import { readShown, shownOf } from './shown-key.ts'

export const load: PageServerLoad = ({ locals, url }) => {
  const target = url.searchParams.get('vers') ?? ''
  if (locals.me?.pending !== 'enrolment')
    redirect(303, locals.me ? nextPlace(locals.me, target) : '/connexion')
  return { target }
}

const text = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')

export const actions: Actions = {
  afficher: async (event) => {
    const form = await event.request.formData()
    const target = text(form.get('vers'))
    const answer = await submit(apiOf(event).v1.me['software-key'].$post(), { target })
    return answer.ok ? { target, shown: shownOf(answer.data) } : answer.failure
  },
  adopter: async (event) => {
    const form = await event.request.formData()
    const target = text(form.get('vers'))
    const callBackNumber = text(form.get('telephone')).trim()
    const shown = readShown(form)
    const json = { code: text(form.get('code')).replaceAll(/\s/g, ''), callBackNumber }
    const call = apiOf(event).v1.me['software-key'].activation.$post({ json })
    const answer = await submit(call, { target, callBackNumber, ...(shown ? { shown } : {}) })
    if (!answer.ok) return answer.failure
    redirect(303, nextPlace(await read(apiOf(event).v1.me.$get()), target))
  },
}
