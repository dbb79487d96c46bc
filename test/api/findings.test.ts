import type { z } from '@hono/zod-openapi'
import type { findingSchema, findingsSchema } from '@vigie/api/features/findings/schema.ts'
import type { visitSchema } from '@vigie/api/features/visits/schema.ts'
import { describe, expect, it } from 'vitest'
import { openAccount } from '../support/account.ts'
import { cookieOf, PASSWORD, type Credentials } from '../support/api.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { visitsInCampaigns } from '../support/visits.ts'

type Visit = z.infer<typeof visitSchema>
type Finding = z.infer<typeof findingSchema>

const visits = visitsInCampaigns()
const { get, send, aVisitedPlace, progressOf, uuid } = visits

describe('findings', () => {
  it('are recorded once under the tablet’s identifier, owned by the sharing table, and counted', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const json = {
      id: uuid(),
      visitId: visit,
      requirement: 'MCO-SVG-1',
      nature: 'A',
      description: 'Le disque de sauvegarde reste branché.',
      dueOn: '2026-11-15',
    }
    const record = () => send('POST', `/v1/etablissements/${uai}/findings`, json, officer.as)
    expect((await record()).status).toBe(201)
    expect((await record()).status).toBe(200)
    expect((await progressOf(campaign)).findings).toBe(1)
    const finding = await get<Finding>(`/v1/findings/${json.id}`, officer.as)
    expect(finding).toMatchObject({
      party: 'collectivite',
      campaign: { id: campaign },
      late: true,
      state: 'open',
      proofs: [],
    })
    const list = await get<z.infer<typeof findingsSchema>>(`/v1/etablissements/${uai}/findings`)
    expect(list).toMatchObject({ total: 1, states: [{ code: 'open', count: 1 }, { count: 0 }, { count: 0 }] })
    expect((await get<Visit>(`/v1/visits/${visit}`)).findings).toMatchObject([{ id: json.id }])
  })

  it('are settled by the school, dropped by officers only', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const head = await visits.api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'I', description: 'La baie n’est pas fermée à clé.' },
      officer.as,
    )
    const change = (json: object, as: Credentials) => send('PATCH', `/v1/findings/${id}`, json, as)
    expect((await change({ state: 'dropped' }, head)).status).toBe(403)
    expect((await change({ description: 'Autre chose que ce qui fut vu.' }, head)).status).toBe(403)
    expect((await change({}, head)).status).toBe(422)
    expect((await change({ state: 'done', comment: 'Serrure posée.' }, head)).status).toBe(204)
    expect(await get<Finding>(`/v1/findings/${id}`)).toMatchObject({
      state: 'done',
      settledBy: { name: 'Compte des essais' },
      comment: 'Serrure posée.',
    })
    expect((await change({ state: 'open' }, officer.as)).status).toBe(204)
    expect(await get<Finding>(`/v1/findings/${id}`)).toMatchObject({ state: 'open', settledAt: null })
    expect((await change({ state: 'dropped' }, officer.as)).status).toBe(204)
    expect((await progressOf(campaign)).findings).toBe(0)
  })

  it('stay as an officer dropped them, with what she wrote, until an officer opens them again', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const head = await visits.api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'A', description: 'La baie n’est pas fermée à clé.' },
      officer.as,
    )
    const change = (json: object, as: Credentials) => send('PATCH', `/v1/findings/${id}`, json, as)
    await change({ state: 'dropped', comment: 'La baie est dans un local fermé.' }, officer.as)
    for (const json of [{ state: 'open' }, { state: 'done' }, { comment: 'Rien à en dire.' }]) {
      const refused = await change(json, head)
      expect(refused.status).toBe(403)
      expect(await refused.text()).toContain('sans suite')
    }
    expect(await get<Finding>(`/v1/findings/${id}`)).toMatchObject({
      ...{ state: 'dropped', comment: 'La baie est dans un local fermé.' },
    })
    expect((await change({ state: 'open' }, officer.as)).status).toBe(204)
    expect((await change({ state: 'done' }, head)).status).toBe(204)
  })

  it('stay dropped for who is an officer elsewhere only', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const login = `directrice.${uuid().slice(-6)}`
    await openAccount(visits.api.deps, {
      ...{ login, password: PASSWORD },
      grants: [
        { role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: uai } },
        { role: 'osp', perimeter: { kind: 'departement', code: '992' } },
      ],
    })
    const both = { Cookie: cookieOf(await visits.api.enter(login, PASSWORD)) }
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'A', description: 'La baie n’est pas fermée à clé.' },
      officer.as,
    )
    await send('PATCH', `/v1/findings/${id}`, { state: 'dropped' }, officer.as)
    expect((await send('PATCH', `/v1/findings/${id}`, { state: 'open' }, both)).status).toBe(403)
  })

  it('cite photos of the same establishment, each once', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const elsewhere = await anEtablissement().insert(visits.db)
    const photo = async (place: string) => {
      const form = new FormData()
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      )
      form.set('file', new File([png], 'baie.png', { type: 'image/png' }))
      const response = await visits.api.request(`/v1/etablissements/${place}/proofs`, {
        method: 'POST',
        as: officer.as,
        body: form,
      })
      if (response.status > 201) throw new Error(await response.text())
      return ((await response.json()) as { id: string }).id
    }
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'A', description: 'Le disque de sauvegarde reste branché.' },
      officer.as,
    )
    const proof = await photo(uai)
    const cite = (proofId: string) =>
      send('POST', `/v1/findings/${id}/proofs`, { proofIds: [proofId] }, officer.as)
    expect((await cite(proof)).status).toBe(204)
    expect((await cite(proof)).status).toBe(204)
    expect((await cite(await photo(elsewhere))).status).toBe(422)
    expect((await get<Finding>(`/v1/findings/${id}`)).proofs).toMatchObject([
      { id: proof, mediaType: 'image/png' },
    ])
  })
})
