import { error, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { campaignOf, typedPerimeter, type TypedCampaign } from '#lib/components/campaigns/campaign-form.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { chosenPerimeter, perimeterChoices } from '#lib/server/campaign-perimeter.ts'
import { serviceChoices } from '#lib/server/service-choices.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const load: PageServerLoad = async (event) => {
  const { me, now } = event.locals
  if (!may(me, 'campaign:manage')) error(403, 'Seul le RSSI prépare des campagnes.')
  const [services, perimeters] = await Promise.all([serviceChoices(event), perimeterChoices(event)])
  const asked = event.url.searchParams.get('depuis') ?? ''
  const former = UUID.test(asked)
    ? await read(apiOf(event).v1.campaigns[':id'].$get({ param: { id: asked } }), event.url)
    : null
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const whole = new Map(services.map(({ id, count }) => [id, count]))
  const initial: TypedCampaign = {
    name: former ? `${former.name} (suite)`.slice(0, 120) : '',
    purpose: former?.purpose ?? '',
    startsOn: day(0),
    endsOn: day(42),
    ...typedPerimeter(former?.perimeter ?? me?.grants.find(({ role }) => role === 'rssi')?.perimeter),
    degree: former?.degree ?? '',
    services:
      former?.services.filter((s) => s.requirements.length === whole.get(s.id)).map(({ id }) => id) ?? [],
    requirements:
      former?.services
        .filter((s) => s.requirements.length !== whole.get(s.id))
        .flatMap(({ requirements }) => requirements)
        .join(' ') ?? '',
  }
  return {
    former: former && { id: former.id, name: former.name, assigned: former.totals.assigned },
    initial,
    services,
    perimeters,
  }
}

export const actions: Actions = {
  preparer: async (event) => {
    const form = await event.request.formData()
    const chosen = await chosenPerimeter(event, form)
    if (!chosen.ok) return chosen.failure
    const { typed: kept, perimeter } = chosen
    const basedOn = event.url.searchParams.get('depuis') ?? ''
    const json = { ...campaignOf(kept, perimeter), ...(UUID.test(basedOn) ? { basedOn } : {}) }
    const answer = await submit(apiOf(event).v1.campaigns.$post({ json }), { typed: kept })
    if (!answer.ok) return answer.failure
    redirect(303, `/campagnes/${answer.data.id}?fait=${typed(form, 'nom') ? 'preparee' : ''}`)
  },
}
