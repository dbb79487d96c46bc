import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../../../../test/support/api.ts'
import { aClock } from '../../../../test/support/clock.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf } from '../../../../test/support/deps.ts'
import { anOtpSubject } from '../../../../test/support/otp.ts'
import type { Actor } from '../../access/actor.ts'
import { purgeTrafficJob } from '../../jobs/purge-traffic.ts'
import { hashSecret } from '../../access/secret.ts'
import { startServer } from '../../server.ts'
import { closeStreams } from './hub.ts'
import { readSurroundings } from './read-surroundings.ts'
import { startRecorder, type Recorder } from './recorder.ts'
import type { Frame, Traffic } from './schema.ts'
import { scopeOf } from './scope.ts'

const OURS = { kind: 'academie', code: '98' } as const
const THEIRS = { kind: 'academie', code: '97' } as const

let db: Database
let api: Api
let rssi: Credentials
let recorder: Recorder
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  rssi = await api.signIn('rssi', OURS)
  recorder = startRecorder(api.deps)
})
afterEach(() => closeStreams(api.deps))
afterAll(async () => {
  await recorder.stop()
  await db.close()
})

const traffic = async (as: Credentials = rssi): Promise<Traffic> => {
  const answer = await api.request('/v1/supervision/traffic', { as })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Traffic
}

/** The second under way ends, and is written. */
async function nextSecond(): Promise<void> {
  clock.advance(1_000)
  await recorder.flush()
}

interface Event {
  readonly event: string
  readonly id: number | null
  readonly data: unknown
}

/** Reads events of a stream, one by one. */
function eventsOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const next = async (): Promise<Event | null> => {
    for (;;) {
      const end = heard.indexOf('\n\n')
      if (end >= 0) {
        const lines = heard.slice(0, end).split('\n')
        heard = heard.slice(end + 2)
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        const event = field('event')
        if (event === undefined) continue
        const id = field('id')
        return {
          event,
          id: id === undefined ? null : Number(id),
          data: JSON.parse(field('data')!) as unknown,
        }
      }
      const { done, value } = await reader.read()
      if (done) return null
      heard += value
    }
  }
  return { next, leave: () => reader.cancel() }
}

const listen = (as: Credentials = rssi, headers: Record<string, string> = {}) =>
  api.request('/v1/supervision/live', { as, headers })

describe('the traffic of verifications', () => {
  it('counts real verifications by second, reason and académie, and keeps no address', async () => {
    const portal = await api.token('otp:verify', OURS)
    const subject = await anOtpSubject(api.deps)
    const other = await anOtpSubject(api.deps, { academie: '97' })
    const verify = (as: Credentials, login: string, code: string) =>
      api.request('/v1/otp/verifications', {
        method: 'POST',
        as,
        json: { login, pin: subject.pin, code, source: '192.0.2.7' },
      })
    expect((await verify(portal, subject.login, subject.hotp())).status).toBe(204)
    expect((await verify(portal, subject.login, '000000')).status).toBe(401)
    expect((await verify(portal, subject.login, '000000')).status).toBe(401)
    expect((await verify(await api.token('otp:verify', THEIRS), other.login, other.hotp())).status).toBe(204)
    await nextSecond()
    const seen = await traffic()
    expect(seen.windows[0]).toMatchObject({
      seconds: 60,
      accepted: 1,
      rejected: 2,
      reasons: [
        { reason: 'bad_code', count: 2 },
        { reason: 'accepted', count: 1 },
      ],
    })
    expect(seen.windows[0]!.latency!.p50).toBeGreaterThan(0)
    expect(seen.seconds.accepted.at(-1)).toBe(1)
    expect(seen.seconds.rejected.at(-1)).toBe(2)
    expect(seen.hour.rejected.reduce((a, b) => a + b)).toBe(2)
    expect(seen.academies).toEqual([{ code: '98', name: expect.any(String) as string }])
    const { sources, departements, holders } = seen.surroundings
    expect(sources).toMatchObject([{ relay: 'Jeton des essais', failures: 2, blockedUntil: null }])
    expect(sources[0]!.mark).toMatch(/^[0-9a-f]{6}$/)
    expect(JSON.stringify(seen)).not.toContain('192.0.2.7')
    expect(departements).toMatchObject([{ code: '991', failing: 1, paused: 0, locked: 0 }])
    expect(holders).toMatchObject([{ name: 'Porteur des Essais', failures: 2, state: 'failing' }])
    expect((await traffic(await api.signIn('diaser', THEIRS))).windows[0]).toMatchObject({
      accepted: 1,
      rejected: 0,
    })
  })

  it('is refused to who holds no whole académie, and names nobody to who may not open the journal', () => {
    const actorOn = (kind: 'academie' | 'departement', code: string): Actor => ({
      kind: 'account',
      id: 'x',
      login: 'x',
      displayName: 'x',
      grants: [{ role: 'rssi', perimeter: { kind, code } }],
    })
    expect(() => scopeOf(actorOn('departement', '991'))).toThrow('académie entière')
    expect(scopeOf(actorOn('academie', '98'))).toEqual({ academies: ['98'], named: ['98'] })
  })

  it('hides the names of holders from a scope without the journal', async () => {
    const { holders } = await readSurroundings(api.deps, { academies: ['98'], named: [] })
    expect(holders).toBeNull()
  })

  it('waits while the database is away, and loses nothing', async () => {
    const broken = { ...db, transact: () => Promise.reject(new Error('away')) } as Database
    const deps = { ...api.deps, db: broken }
    const stranded = startRecorder(deps)
    stranded.note('96', 'accepted', 0.01)
    clock.advance(1_000)
    await stranded.flush()
    broken.transact = db.transact
    await stranded.stop()
    const rows = await db.asOwner((tx) =>
      tx.select().from(schema.otpTraffic).where(eq(schema.otpTraffic.academie, '96')),
    )
    expect(rows).toMatchObject([{ reasons: { accepted: 1 } }])
  })

  it('is forgotten after a few hours', async () => {
    clock.advance(7 * 3_600_000)
    await purgeTrafficJob.run(contextOf(api.deps), new AbortController().signal)
    expect(await db.asOwner((tx) => tx.select().from(schema.otpTraffic))).toEqual([])
    rssi = await api.signIn('rssi', OURS)
  })

  it('pins the incidents of the académie, and tells collectors and jobs', async () => {
    const now = clock.now()
    const { incident, jobActivity, collectorNewestRun } = schema
    const common = {
      description: '',
      origin: 'alert',
      academie: '98',
      party: 'academie',
      openedAt: now,
      lastSeenAt: now,
    } as const
    await db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.insert(incident).values([
        {
          ...common,
          id: api.deps.random.uuid(),
          title: 'Attaque',
          severity: 'critical',
          state: 'open',
          alertName: 'OtpBruteForce',
        },
        {
          ...common,
          id: api.deps.random.uuid(),
          title: 'Passé',
          severity: 'info',
          state: 'resolved',
          resolvedAt: new Date(now.getTime() - 7_200_000),
        },
        {
          ...common,
          id: api.deps.random.uuid(),
          title: 'Ailleurs',
          severity: 'info',
          state: 'open',
          academie: '97',
        },
      ])
      await tx.insert(jobActivity).values([
        { job: 'seal-journal', lastStartedAt: now, lastSuccessAt: now, lastDurationMs: 40 },
        { job: 'send-mail', lastStartedAt: now, lastFailureAt: now },
      ])
      await tx
        .insert(collectorNewestRun)
        .values([{ collector: 'prometheus:rectorat', startedAt: now, durationMs: 900, outcome: 'failed' }])
    })
    const { surroundings } = await traffic()
    expect(surroundings.openIncidents).toBe(1)
    expect(surroundings.incidents).toMatchObject([
      {
        title: 'Attaque',
        alert: 'OtpBruteForce',
        severityLabel: 'Critique',
        openedAt: now.toISOString(),
        resolvedAt: null,
      },
    ])
    expect(surroundings.jobs).toMatchObject([
      { label: 'Scellement du journal', state: 'working', durationSeconds: 0.04 },
      { label: 'Envoi des messages', state: 'failing' },
    ])
    expect(surroundings.collectors).toMatchObject([
      {
        collector: 'prometheus:rectorat',
        state: 'failing',
        durationSeconds: 0.9,
        lastFailureAt: now.toISOString(),
      },
    ])
  })
})

describe('the live stream', () => {
  it('tells the whole, then what each second changes, and resumes after what was heard', async () => {
    const answer = await listen()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(answer.headers.get('x-accel-buffering')).toBe('no')
    const stream = eventsOf(answer)
    const first = (await stream.next())!
    expect(first.event).toBe('traffic')
    recorder.note('98', 'replay', 0.02)
    await nextSecond()
    let frame: Event
    do frame = (await stream.next())!
    while (!(frame.data as Frame).seconds.rejected.includes(1))
    expect(frame.event).toBe('frame')
    expect(frame.id).toBe(clock.now().getTime() / 1_000 - 1)
    const resumed = eventsOf(await listen(rssi, { 'Last-Event-ID': String(frame.id! - 3) }))
    const again = (await resumed.next())!
    expect(again.event).toBe('frame')
    expect((again.data as Frame).seconds.rejected).toContain(1)
    const lost = eventsOf(await listen(rssi, { 'Last-Event-ID': '12' }))
    expect((await lost.next())!.event).toBe('traffic')
  })

  it('opens five times for one account and no more, and again once one is closed', async () => {
    const own = await api.signIn('rssi', OURS)
    const open = await Promise.all(Array.from({ length: 7 }, () => listen(own)))
    expect(open.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429])
    const refused = (await open.find(({ status }) => status === 429)!.json()) as { detail: string }
    expect(refused.detail).toContain('Fermez-en une')
    await eventsOf(open.find(({ status }) => status === 200)!).leave()
    expect((await listen(own)).status).toBe(200)
    expect(await api.deps.metrics.registry.metrics()).toContain('live_streams_open 5')
  })

  it(
    'ends with the session or the right, and comes back when either is another',
    { timeout: 30_000 },
    async () => {
      const entered = async () => {
        const as = await api.signIn('rssi', OURS)
        const tokenHash = hashSecret(as['Cookie']!.split('=')[1]!)
        const [session] = await db.asOwner((tx) =>
          tx.select().from(schema.session).where(eq(schema.session.tokenHash, tokenHash)),
        )
        return { as, tokenHash, accountId: session!.accountId, stream: eventsOf(await listen(as)) }
      }
      const staying = eventsOf(await listen())
      const leaver = await entered()
      const demoted = await entered()
      const renewed = await entered()
      const promoted = await entered()
      expect((await api.request('/v1/sessions/current', { method: 'DELETE', as: leaver.as })).status).toBe(
        204,
      )
      await db.transact({ role: 'vigie_auth' }, async (tx) => {
        await tx.delete(schema.roleGrant).where(eq(schema.roleGrant.accountId, demoted.accountId))
        await tx
          .update(schema.session)
          .set({ supersededAt: new Date(clock.now().getTime() - 60_000) })
          .where(eq(schema.session.tokenHash, renewed.tokenHash))
        await tx
          .update(schema.roleGrant)
          .set({ perimeterCode: '97' })
          .where(eq(schema.roleGrant.accountId, promoted.accountId))
      })
      const farewell = async ({ stream }: typeof leaver) => {
        let last: Event | null = null
        for (let event = await stream.next(); event; event = await stream.next()) last = event
        return last
      }
      expect(await farewell(leaver)).toMatchObject({ event: 'bye', data: { why: 'ended' } })
      expect(await farewell(demoted)).toMatchObject({ event: 'bye', data: { why: 'ended' } })
      expect(await farewell(renewed)).toMatchObject({ event: 'bye', data: { why: 'changed' } })
      expect(await farewell(promoted)).toMatchObject({ event: 'bye', data: { why: 'changed' } })
      expect((await staying.next())?.event).toBeDefined()
    },
  )

  it('lets the server stop at once', async () => {
    const server = await startServer(api.deps, { port: 0, host: '127.0.0.1' })
    const open = await Promise.all(
      [1, 2, 3].map(() => fetch(`${server.url}/v1/supervision/live`, { headers: { ...rssi } })),
    )
    const streams = open.map(eventsOf)
    for (const stream of streams) expect((await stream.next())?.event).toBe('traffic')
    const start = performance.now()
    await server.close()
    expect(performance.now() - start).toBeLessThan(2_000)
    recorder = startRecorder(api.deps)
  })

  it('ends at once when the server stops, and drops who does not read', async () => {
    const stream = eventsOf(await listen())
    await stream.next()
    closeStreams(api.deps)
    let event = await stream.next()
    while (event && event.event !== 'bye') event = await stream.next()
    expect(event?.data).toEqual({ why: 'restart' })
    expect(await stream.next()).toBeNull()
  })
})
