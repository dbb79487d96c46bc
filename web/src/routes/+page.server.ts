import { redirect } from '@sveltejs/kit'
import { homeOf } from '#lib/account.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals }) => {
  redirect(303, locals.me ? homeOf(locals.me) : '/connexion')
}
