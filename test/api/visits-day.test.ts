import type { z } from '@hono/zod-openapi'
import type { visitSchema } from '@vigie/api/features/visits/schema.ts'
import { describe, expect, it } from 'vitest'
import { anEtablissement } from '../support/etablissement.ts'
import { visitsInCampaigns } from '../support/visits.ts'

type Visit = z.infer<typeof visitSchema>

const visits = visitsInCampaigns()
const { get, send, clock } = visits

/** Half past midnight of the 17th in Paris, half past three in La Réunion, half past seven in the evening of the 16th in Martinique. */
const NIGHT = '2026-11-16T23:30:00Z'

async function aPlaceOf(academie: string) {
  const uai = await anEtablissement().inAcademie(academie).insert(visits.db)
  const rssi = await visits.api.signIn('rssi', { kind: 'academie', code: academie })
  const start = (input: object) =>
    send('POST', `/v1/etablissements/${uai}/visits`, { campaignId: null, ...input }, rssi)
  return { rssi, start }
}

describe('the day of a visit', () => {
  it('is not in the future where the establishment is', async () => {
    clock.set(NIGHT)
    const [martinique, reunion] = [await aPlaceOf('31'), await aPlaceOf('28')]
    const refused = await martinique.start({ visitedOn: '2026-11-17' })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      errors: [{ pointer: '/visitedOn', detail: expect.stringContaining('16 novembre 2026') as string }],
    })
    expect((await martinique.start({ visitedOn: '2026-11-16' })).status).toBe(201)
    expect((await reunion.start({ visitedOn: '2026-11-18' })).status).toBe(422)
    expect((await reunion.start({ visitedOn: '2026-11-17' })).status).toBe(201)
  })

  it('is today there unless another is given, and is not put off either', async () => {
    clock.set(NIGHT)
    const { rssi, start } = await aPlaceOf('31')
    const { id } = (await (await start({})).json()) as { id: string }
    const dayOf = async () => (await get<Visit>(`/v1/visits/${id}`, rssi)).visitedOn
    expect(await dayOf()).toBe('2026-11-16')
    const change = (visitedOn: string) => send('PATCH', `/v1/visits/${id}`, { visitedOn }, rssi)
    expect((await change('2026-11-17')).status).toBe(422)
    expect((await change('2026-11-13')).status).toBe(204)
    expect(await dayOf()).toBe('2026-11-13')
  })
})
