import { redirect } from '@sveltejs/kit'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { nextPlace } from '#lib/sign-in.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals, url }) => {
  const target = url.searchParams.get('vers') ?? ''
  if (locals.me?.pending !== 'code') redirect(303, locals.me ? nextPlace(locals.me, target) : '/connexion')
  return { target }
}

const text = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const target = text(form.get('vers'))
    const api = apiOf(event)
    const json = { code: text(form.get('code')).replaceAll(/\s/g, '') }
    const answer = await submit(api.v1.sessions.code.$post({ json }), { target })
    if (!answer.ok) return answer.failure
    redirect(303, nextPlace(await read(apiOf(event).v1.me.$get()), target))
  },
}
