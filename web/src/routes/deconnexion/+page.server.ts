import { redirect } from '@sveltejs/kit'
import { apiOf, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = () => redirect(303, '/')

export const actions: Actions = {
  default: async (event) => {
    const answer = await submit(apiOf(event).v1.sessions.current.$delete())
    if (!answer.ok && answer.problem.status !== 401) return answer.failure
    redirect(303, '/connexion?sortie=1')
  },
}
