import { redirect } from '@sveltejs/kit'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { nextPlace } from '#lib/sign-in.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals, url }) => {
  const target = url.searchParams.get('vers')
  if (locals.me) redirect(303, nextPlace(locals.me, target ?? ''))
  return { target, signedOut: url.searchParams.has('sortie') }
}

const text = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const login = text(form.get('identifiant')).trim()
    const target = text(form.get('vers'))
    const api = apiOf(event)
    const json = { login, password: text(form.get('mot-de-passe')) }
    const answer = await submit(api.v1.sessions.$post({ json }), { login, target })
    if (!answer.ok) return answer.failure
    redirect(303, nextPlace(await read(api.v1.me.$get()), target))
  },
}
