import { fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, fileOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const [{ rows }, { me }] = await Promise.all([
    read(apiOf(event).v1.frameworks.$get(), event.url),
    event.parent(),
  ])
  const academies = (me?.grants ?? []).flatMap(({ perimeter }) =>
    perimeter.kind === 'academie' ? [perimeter.code] : [],
  )
  return { rows, academies: may(me, 'framework:import') ? [...new Set(academies)] : [] }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const kept = { name: typed(form, 'nom') }
    const [file, related] = [fileOf(form, 'fichier'), fileOf(form, 'correspondance')]
    const refuse = (pointer: '/catalog' | '/mapping', detail: string) =>
      fail(422, { ...kept, detail, errors: [{ pointer, detail }] })
    if (!file) return refuse('/catalog', 'Choisissez un catalogue OSCAL, au format JSON.')
    const catalog = jsonOf(await file.text())
    if (catalog === null)
      return refuse('/catalog', 'Ce fichier n’est pas du JSON : choisissez la version JSON du catalogue.')
    const mapping = related ? jsonOf(await related.text()) : undefined
    if (mapping === null)
      return refuse(
        '/mapping',
        'Ce fichier n’est pas du JSON : choisissez la version JSON de la correspondance.',
      )
    const json = {
      id: kept.name,
      academie: typed(form, 'academie'),
      catalog,
      ...(mapping ? { mapping } : {}),
    }
    const answer = await submit(apiOf(event).v1.frameworks.$post({ json }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, `/catalogue/referentiels/${answer.data.id}`)
  },
}

function jsonOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
