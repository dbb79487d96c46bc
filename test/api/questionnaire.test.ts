import { schema, type Database } from '@vigie/db'
import { prepareEvidence, recordEvidence } from '@vigie/api/features/evidence/record-evidence.ts'
import { evaluateEtablissements } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aForm, aPdf } from '../support/proof-file.ts'

let db: Database
let api: Api
const clock = aClock('2026-11-16T09:00:00Z')
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
})
afterAll(() => db.close())

interface Step {
  requirement: string
  kind: string
  level: string
  reply: { reply: string; comment: string } | null
}
interface Told {
  run: { id: string; closedAt: string | null; withOptional: boolean } | null
  steps: Step[]
  replied: number
  minutes: number
  minutesLeft: number
  next: string | null
  settled: number
  recent: { requirement: string }[]
  summary: {
    declared: { requirement: string; reply: string; before: string; now: string }[]
    contradictions: { requirement: string; observed: string }[]
    toAsk: { knows: string; questions: { requirement: string; comment: string }[] }[]
    later: { requirement: string }[]
  } | null
}

async function aPlace() {
  const uai = await anEtablissement().insert(db)
  const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
  const path = `/v1/etablissements/${uai}/questionnaire`
  const call = async <T>(
    method: string,
    suffix: string,
    json?: unknown,
    as: Credentials = head,
    status?: number,
  ) => {
    const response = await api.request(`${path}${suffix}`, {
      method,
      as,
      ...(json === undefined ? {} : { json }),
    })
    const text = await response.text()
    if (status !== undefined) expect(response.status, text).toBe(status)
    return JSON.parse(text) as T
  }
  return {
    uai,
    head,
    call,
    read: () => call<Told>('GET', '', undefined, head, 200),
    start: (json: object = {}, status = 201) => call<Told>('POST', '', json, head, status),
    reply: (requirement: string, json: object, status = 200) =>
      call<{ next: string | null; status: string; detail?: string }>(
        'PUT',
        `/replies/${requirement}`,
        json,
        head,
        status,
      ),
    declarations: () =>
      db.asOwner((tx) => tx.select().from(schema.declaration).where(eq(schema.declaration.uai, uai))),
  }
}

describe('the guided questionnaire', () => {
  it('resumes where it was left, and keeps its places as replies come', async () => {
    const { start, read, reply } = await aPlace()
    const before = await start()
    expect(before.minutes).toBeLessThanOrEqual(30)
    expect(before.next).toBe(before.steps[0]!.requirement)
    const [first, second, third] = before.steps.map(({ requirement }) => requirement)
    expect(await reply(first!, { reply: 'compliant' })).toMatchObject({ next: second, status: 'compliant' })
    expect(await reply(second!, { reply: 'later' })).toMatchObject({ next: third, status: 'unknown' })
    const resumed = await start({}, 200)
    expect(resumed.run?.id).toBe(before.run?.id)
    expect(resumed.steps.map(({ requirement }) => requirement)).toEqual(
      before.steps.map(({ requirement }) => requirement),
    )
    expect(resumed).toMatchObject({ next: third, replied: 1 })
    expect(resumed.minutesLeft).toBeLessThan(before.minutesLeft)
    expect((await read()).steps[0]?.reply).toMatchObject({ reply: 'compliant' })
  })

  it('comes back to what was kept for later once the rest is done, then to nothing', async () => {
    const { start, reply } = await aPlace()
    const { steps } = await start()
    const kept = steps[3]!.requirement
    let next: string | null = steps[0]!.requirement
    const seen: string[] = []
    while (next !== null && next !== kept) {
      seen.push(next)
      next = (await reply(next, { reply: 'do_not_know' })).next
      if (next === kept && seen.length < steps.length - 1) next = (await reply(kept, { reply: 'later' })).next
    }
    expect(next).toBe(kept)
    expect(seen).toHaveLength(steps.length - 1)
    expect((await reply(kept, { reply: 'partial' })).next).toBeNull()
  })

  it('declares what is decided, nothing for « je ne sais pas », and takes back what is changed', async () => {
    const { start, reply, declarations, read } = await aPlace()
    const { steps } = await start()
    const [one, two] = steps.map(({ requirement }) => requirement)
    await reply(one!, { reply: 'do_not_know', comment: 'Demander à Jeanne, mairie' })
    expect(await declarations()).toEqual([])
    await reply(two!, { reply: 'non_compliant' })
    await reply(two!, { reply: 'non_compliant' })
    expect(await declarations()).toMatchObject([
      { requirement: two, verdict: 'non_compliant', origin: 'questionnaire', withdrawnAt: null },
    ])
    expect(await reply(two!, { reply: 'compliant', comment: 'En fait oui' })).toMatchObject({
      status: 'compliant',
    })
    expect((await declarations()).filter(({ withdrawnAt }) => withdrawnAt === null)).toMatchObject([
      { verdict: 'compliant', comment: 'En fait oui' },
    ])
    expect(await reply(two!, { reply: 'do_not_know' })).toMatchObject({ status: 'unknown' })
    expect((await declarations()).filter(({ withdrawnAt }) => withdrawnAt === null)).toEqual([])
    const { summary } = await read()
    expect(summary?.declared).toEqual([])
    expect(summary?.toAsk.flatMap(({ questions }) => questions)).toHaveLength(2)
    expect(JSON.stringify(summary?.toAsk)).toContain('Jeanne')
  })

  it('declares again what was taken back or said otherwise elsewhere, though the answer is the same', async () => {
    const { uai, head, start, reply, read } = await aPlace()
    const [one, two] = (await start()).steps.map(({ requirement }) => requirement)
    const path = (requirement: string) => `/v1/etablissements/${uai}/declarations/${requirement}`
    for (const requirement of [one!, two!]) await reply(requirement, { reply: 'compliant' })
    expect((await api.request(path(one!), { method: 'DELETE', as: head })).status).toBe(200)
    expect((await read()).steps[0]).toMatchObject({ reply: null, kind: 'ask' })
    clock.advance(60_000)
    const said = { verdict: 'non_compliant', comment: 'Dit sur la page de l’exigence' }
    expect((await api.request(path(two!), { method: 'PUT', as: head, json: said })).status).toBe(200)
    clock.advance(60_000)
    for (const requirement of [one!, two!]) {
      expect((await reply(requirement, { reply: 'compliant' })).status).toBe('compliant')
    }
    expect(await read()).toMatchObject({ replied: 2 })
  })

  it('asks again in a run that stayed open what was replied more than six months ago', async () => {
    const { uai, start, reply, read, declarations } = await aPlace()
    const [one, two] = (await start()).steps.map(({ requirement }) => requirement)
    for (const requirement of [one!, two!]) await reply(requirement, { reply: 'compliant' })
    const repliedDaysAgo = (days: number) => {
      const declaredAt = new Date(clock.now().getTime() - days * 86_400_000)
      const expiresAt = new Date(declaredAt.getTime() + 365 * 86_400_000)
      const { declaration } = schema
      return db.asOwner((tx) =>
        tx
          .update(declaration)
          .set({ declaredAt, expiresAt })
          .where(and(eq(declaration.uai, uai), eq(declaration.requirement, one!))),
      )
    }
    const first = async () => (await read()).steps.find(({ requirement }) => requirement === one)
    await repliedDaysAgo(170)
    expect(await first()).toMatchObject({ reply: { reply: 'compliant' } })
    await repliedDaysAgo(400)
    expect(await first()).toMatchObject({ kind: 'ask', reply: null })
    await repliedDaysAgo(190)
    expect(await first()).toMatchObject({ kind: 'confirm', reply: null })
    expect(await read()).toMatchObject({ replied: 1 })
    await reply(one!, { reply: 'compliant' })
    expect(await first()).toMatchObject({ reply: { reply: 'compliant' } })
    const said = (await declarations()).filter(({ requirement }) => requirement === one)
    expect(said.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, null])
  })

  it('asks why a question is « sans objet »', async () => {
    const { start, reply } = await aPlace()
    const { next } = await start()
    expect((await reply(next!, { reply: 'not_applicable' }, 422)).detail).toMatch(/pourquoi/)
    await reply(next!, { reply: 'not_applicable', comment: 'Nous n’avons pas d’écran d’affichage.' })
  })

  it('tells what changed, what contradicts, and closes once; a new run asks neither what is fresh nor what is observed', async () => {
    const { uai, start, reply, call, read } = await aPlace()
    const ctx = contextOf(api.deps)
    const seen = (hours: number) =>
      [
        { key: 'backup.last_success_age', value: hours, observedAt: clock.now() },
        { key: 'backup.success_ratio_30d', value: 0.7, observedAt: clock.now() },
      ] as const
    const { steps } = await start({ withOptional: true })
    const asked = steps.map(({ requirement }) => requirement)
    await reply('MCO-SVG-1', { reply: 'compliant' })
    await prepareEvidence(ctx, seen(900))
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordEvidence(tx, ctx, uai, seen(900), { source: 's', collector: 'c' }),
    )
    await evaluateEtablissements(ctx, [uai])
    const other = asked.find((id) => id !== 'MCO-SVG-1')!
    await reply(other, { reply: 'partial', comment: 'Pour la moitié des postes' })
    const closed = await call<Told>('POST', '/closure', undefined, undefined, 200)
    expect(closed.run?.closedAt).not.toBeNull()
    expect(closed.summary?.contradictions).toMatchObject([{ requirement: 'MCO-SVG-1' }])
    expect(closed.summary?.declared).toContainEqual(
      expect.objectContaining({ requirement: other, reply: 'partial', before: 'unknown', now: 'partial' }),
    )
    await call('POST', '/closure', undefined, undefined, 409)
    await reply(other, { reply: 'compliant' }, 409)
    const after = await read()
    expect(after.steps.map(({ requirement }) => requirement)).not.toContain(other)
    expect(after.recent.map(({ requirement }) => requirement)).toContain(other)
    expect(after.steps.map(({ requirement }) => requirement)).not.toContain('MCO-SVG-1')
    expect((await start()).run?.id).not.toBe(closed.run?.id)
  })

  it('shows one question with its place and the proofs that its declaration cites', async () => {
    const { uai, head, start, reply, call } = await aPlace()
    const { steps } = await start()
    const [one, two, three] = steps.map(({ requirement }) => requirement)
    const sent = await api.request(`/v1/etablissements/${uai}/proofs`, {
      method: 'POST',
      as: head,
      body: aForm(aPdf('charte'), 'charte.pdf'),
    })
    const { id } = (await sent.json()) as { id: string }
    await reply(two!, { reply: 'compliant', proofIds: [id] })
    const question = await call<Record<string, unknown>>(
      'GET',
      `/questions/${two}`,
      undefined,
      undefined,
      200,
    )
    expect(question).toMatchObject({
      position: 2,
      total: steps.length,
      previous: one,
      next: three,
      proofs: [{ id, fileName: 'charte.pdf', requirements: [two], attached: true }],
      reply: { reply: 'compliant' },
    })
    const removed = await api.request(`/v1/proofs/${id}`, { method: 'DELETE', as: head })
    expect(removed.status).toBe(409)
    const history = await api.request(`/v1/etablissements/${uai}/declarations/${two}`, { as: head })
    expect(await history.json()).toMatchObject({
      current: { verdict: 'compliant', authorFunction: 'Directeur d’école', proofs: [{ id }], inForce: true },
    })
  })

  it('is read by who sees the establishment and answered by its people alone', async () => {
    const { call, uai } = await aPlace()
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    await call('GET', '', undefined, rssi, 200)
    await call('POST', '', {}, rssi, 403)
    const elsewhere = await anEtablissement().insert(db)
    const stranger = await api.signIn('directeur_ecole', { kind: 'etablissement', code: elsewhere })
    await call('GET', '', undefined, stranger, 404)
    await call('POST', '', {}, stranger, 404)
    expect(uai).not.toBe(elsewhere)
  })

  it('refuses a proof of another establishment', async () => {
    const here = await aPlace()
    const there = await aPlace()
    const sent = await api.request(`/v1/etablissements/${there.uai}/proofs`, {
      method: 'POST',
      as: there.head,
      body: aForm(aPdf('ailleurs'), 'ailleurs.pdf'),
    })
    const { id } = (await sent.json()) as { id: string }
    const { next } = await here.start()
    expect((await here.reply(next!, { reply: 'compliant', proofIds: [id] }, 422)).detail).toMatch(/preuve/)
    expect(await here.declarations()).toEqual([])
  })
})

describe('a declaration that is taken back', () => {
  it('counts no more, stays in the history, and is taken back once', async () => {
    const { uai, head } = await aPlace()
    const path = `/v1/etablissements/${uai}/declarations/INF-AUT-5`
    const put = (verdict: string) =>
      api.request(path, { method: 'PUT', as: head, json: { verdict, comment: 'Vu en conseil' } })
    expect((await put('partial')).status).toBe(200)
    clock.advance(60_000)
    expect((await put('compliant')).status).toBe(200)
    const withdrawn = await api.request(path, { method: 'DELETE', as: head })
    expect(await withdrawn.json()).toMatchObject({ withdrawn: 2 })
    expect((await api.request(path, { method: 'DELETE', as: head })).status).toBe(409)
    const told = (await (await api.request(path, { as: head })).json()) as {
      current: unknown
      history: unknown[]
    }
    expect(told.current).toBeNull()
    expect(told.history).toHaveLength(2)
    const detail = await api.request(`/v1/etablissements/${uai}/requirements/INF-AUT-5`, { as: head })
    expect(await detail.json()).toMatchObject({ status: 'unknown' })
  })
})

describe('a declaration', () => {
  it('says by itself where it was made: nobody claims a visit', async () => {
    const { uai, head, declarations } = await aPlace()
    const response = await api.request(`/v1/etablissements/${uai}/declarations/INF-AUT-5`, {
      ...{ method: 'PUT', as: head },
      json: { verdict: 'compliant', comment: 'Vu en conseil', origin: 'visit' },
    })
    expect(response.status).toBe(200)
    expect(await declarations()).toMatchObject([{ origin: 'form' }])
  })
})
