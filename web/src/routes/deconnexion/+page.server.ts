import { redirect } from '@sveltejs/kit'
import { apiOf, read } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = () => redirect(303, '/')

export const actions: Actions = {
  default: async (event) => {
    await read(apiOf(event).v1.sessions.current.$delete())
    redirect(303, '/connexion?sortie=1')
  },
}
