import { redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { pageOf } from '#lib/components/keys/key-query.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { localPath, withParameters } from '#lib/url-state.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  batches: await read(
    apiOf(event).v1.review.batches.$get({
      query: { page: String(pageOf(event.url.searchParams.get('page'))), pageSize: '50' },
    }),
    event.url,
  ),
  decides: may(event.locals.me, 'arbitration:write'),
})

export const actions: Actions = {
  /** Nothing kept: back to where the decision was taken. Otherwise, what stays is told here. */
  annuler: async (event) => {
    const form = await event.request.formData()
    const answer = await submit(
      apiOf(event).v1.review.batches[':id'].undo.$post({ param: { id: typed(form, 'lot') } }),
    )
    if (!answer.ok) return answer.failure
    const back = typed(form, 'retour')
    if (answer.data.kept.length === 0 && back !== '') {
      const url = new URL(localPath(back), event.url)
      redirect(303, withParameters(url, { fait: null, annule: 'oui' }))
    }
    return { undone: answer.data }
  },
}
