import { error, redirect } from '@sveltejs/kit'
import { tabsOf } from './administration-tabs.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals, url }) => {
  const [first] = tabsOf(locals.me, url.pathname)
  if (!first) error(403, 'Votre compte n’administre rien dans Vigie.')
  redirect(303, first.href)
}
