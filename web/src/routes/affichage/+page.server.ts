import { redirect } from '@sveltejs/kit'
import { SCHEME_COOKIE, schemeOf } from '#lib/scheme.ts'
import { localPath } from '#lib/url-state.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const YEAR = 365 * 24 * 3600

export const load: PageServerLoad = () => redirect(303, '/')

export const actions: Actions = {
  default: async ({ cookies, request }) => {
    const form = await request.formData()
    cookies.set(SCHEME_COOKIE, schemeOf(form.get('affichage')), { path: '/', maxAge: YEAR, sameSite: 'lax' })
    redirect(303, localPath(form.get('retour')))
  },
}
