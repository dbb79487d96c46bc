import { redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const param = { framework: event.params.framework }
  const [framework, { me }] = await Promise.all([
    read(apiOf(event).v1.frameworks[':framework'].$get({ param }), event.url),
    event.parent(),
  ])
  const own = (me?.grants ?? []).some(({ perimeter }) => perimeter.code === framework.academie)
  return { framework, changes: framework.origin === 'imported' && own && may(me, 'framework:import') }
}

export const actions: Actions = {
  relier: async (event) => {
    const form = await event.request.formData()
    const control = typed(form, 'mesure')
    const kept = { control, requirements: typed(form, 'exigences') }
    const requirements = kept.requirements
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((id) => id !== '')
    const answer = await submit(
      apiOf(event).v1.frameworks[':framework'].controls[':control'].requirements.$put({
        param: { framework: event.params.framework, control },
        json: { requirements },
      }),
      kept,
    )
    return answer.ok ? { control, done: true } : answer.failure
  },

  retirer: async (event) => {
    const kept = { control: null }
    const param = { framework: event.params.framework }
    const answer = await submit(apiOf(event).v1.frameworks[':framework'].$delete({ param }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, '/catalogue/referentiels')
  },
}
