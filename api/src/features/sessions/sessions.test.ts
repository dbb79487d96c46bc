import { schema, type Database } from '@vigie/db'
import { anApi, cookieOf, PASSWORD, type Api } from '@vigie/test/support/api.ts'
import { openAccount } from '@vigie/test/support/account.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { delayAfter, ACCOUNT_ALLOWANCE, SOURCE_ALLOWANCE } from './attempts.ts'

const MINUTE = 60_000
const ACADEMIE = { kind: 'academie', code: '98' } as const

let db: Database
let clock: ReturnType<typeof aClock>
let api: Api
let accountId: string
let login: string
let minted = 0

/** Signs in from an address of the test's own. */
const enter = (as: string, password: string, headers: Record<string, string> = {}) =>
  api.enter(as, password, { 'X-Forwarded-For': `192.0.2.${minted}`, ...headers })

const me = (cookie: string) => api.request('/v1/me', { as: { Cookie: cookie } })
const journal = () =>
  db.asOwner((tx) => tx.select().from(schema.journalEntry).orderBy(schema.journalEntry.id))

beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  minted += 1
  clock = aClock()
  api = anApi(db, { clock, random: aRandom(minted) })
  login = `mathilde.orsival${minted}`
  accountId = await openAccount(api.deps, {
    login,
    password: PASSWORD,
    grants: [{ role: 'rssi', perimeter: ACADEMIE }],
  })
})

describe('sign-in', () => {
  it('opens a session under any spelling of the login, in a cookie that scripts cannot read', async () => {
    const response = await enter(`  ${login.toUpperCase()} `, PASSWORD)
    expect(response.status).toBe(204)
    expect(response.headers.get('set-cookie')).toMatch(
      /^vigie_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const body = await (await me(cookieOf(response))).json()
    expect(body).toMatchObject({
      id: accountId,
      login,
      grants: [{ role: 'rssi', perimeter: { kind: 'academie', code: '98', label: 'Académie de Valmont' } }],
      lastVisitAt: null,
    })
  })

  it('binds the cookie to the host over https', async () => {
    const secure = anApi(db, { clock, config: { ...api.deps.config, secureCookies: true } })
    const response = await secure.enter(login, PASSWORD)
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-vigie_session=[\w-]+; .*Secure$/)
    expect(response.headers.get('strict-transport-security')).toContain('max-age')
  })

  it('answers the same to an unknown login and to a wrong password', async () => {
    const unknown = await enter('personne', 'mauvaise phrase')
    const wrong = await enter(login, 'mauvaise phrase')
    expect([unknown.status, wrong.status]).toEqual([401, 401])
    expect(await unknown.json()).toEqual(await wrong.json())
  })

  it('journals successes and failures, never an unknown login', async () => {
    const before = (await journal()).length
    await enter('personne.inconnue', 'mauvaise phrase')
    await enter(login, 'mauvaise phrase')
    await enter(login, PASSWORD)
    const entries = (await journal()).slice(before)
    expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['session.refused', 'unknown'],
      ['session.refused', accountId],
      ['session.opened', accountId],
    ])
    expect(JSON.stringify(entries, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).not.toContain(
      'inconnue',
    )
  })

  it('shows the sign-in before this one', async () => {
    await enter(login, PASSWORD)
    clock.advance(60 * MINUTE)
    const cookie = cookieOf(await enter(login, PASSWORD))
    expect(await (await me(cookie)).json()).toMatchObject({ lastVisitAt: '2026-11-16T09:00:00.000Z' })
  })

  it('delays an account after five failures, longer each time, whatever is then typed', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await enter(login, 'mauvaise phrase')
    expect((await enter(login, PASSWORD)).status).toBe(401)
    clock.advance(16_000)
    expect((await enter(login, 'mauvaise phrase')).status).toBe(401)
    clock.advance(16_000)
    expect((await enter(login, PASSWORD)).status).toBe(401)
    clock.advance(16_000)
    expect((await enter(login, PASSWORD)).status).toBe(204)
    expect((await enter(login, 'mauvaise phrase')).status).toBe(401)
    expect((await enter(login, PASSWORD)).status).toBe(204)
  })

  it('counts parallel guesses one by one', async () => {
    const guesses = Array.from({ length: 12 }, () => enter(login, 'mauvaise phrase'))
    await Promise.all(guesses)
    const accounts = await db.asOwner((tx) => tx.select().from(schema.account))
    const account = accounts.find(({ id }) => id === accountId)
    expect(account?.failedCount).toBe(5)
  })

  it('delays a source that fails too often, and not another one', async () => {
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    for (let attempt = 0; attempt <= SOURCE_ALLOWANCE.free; attempt++) {
      await enter(`personne${attempt}`, 'mauvaise phrase', from('198.51.100.7'))
    }
    const refused = await enter(login, PASSWORD, from('198.51.100.7'))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBe(SOURCE_ALLOWANCE.firstDelaySeconds)
    expect((await enter(login, PASSWORD, from('198.51.100.8'))).status).toBe(204)
    const sources = await db.asOwner((tx) => tx.select().from(schema.signInSource))
    expect(JSON.stringify(sources)).not.toContain('198.51.100')
  })

  it('doubles delays up to a bound', () => {
    expect([4, 5, 6, 7, 50].map((failures) => delayAfter(failures, ACCOUNT_ALLOWANCE))).toEqual([
      0, 15, 30, 60, 900,
    ])
  })
})

describe('a session', () => {
  it('ends after an hour without a request', async () => {
    const cookie = cookieOf(await enter(login, PASSWORD))
    clock.advance(14 * MINUTE)
    expect((await me(cookie)).status).toBe(200)
    clock.advance(61 * MINUTE)
    expect((await me(cookie)).status).toBe(401)
  })

  it('ends after twelve hours, however busy', async () => {
    let cookie = cookieOf(await enter(login, PASSWORD))
    for (let elapsed = 0; elapsed < 710; elapsed += 10) {
      clock.advance(10 * MINUTE)
      const response = await me(cookie)
      expect(response.status).toBe(200)
      cookie = cookieOf(response) || cookie
    }
    clock.advance(11 * MINUTE)
    expect((await me(cookie)).status).toBe(401)
  })

  it('changes its value every quarter of an hour; the old one answers for half a minute', async () => {
    const first = cookieOf(await enter(login, PASSWORD))
    clock.advance(15 * MINUTE)
    const rotated = await Promise.all([me(first), me(first), me(first)])
    const values = rotated.map(cookieOf).filter(Boolean)
    expect(values).toHaveLength(1)
    clock.advance(20_000)
    expect((await me(first)).status).toBe(200)
    clock.advance(20_000)
    expect((await me(first)).status).toBe(401)
    expect((await me(values[0]!)).status).toBe(200)
  })

  it('ends at sign-out with every value it had', async () => {
    const first = cookieOf(await enter(login, PASSWORD))
    clock.advance(15 * MINUTE)
    const second = cookieOf(await me(first))
    const closed = await api.request('/v1/sessions/current', { method: 'DELETE', as: { Cookie: second } })
    expect(closed.status).toBe(204)
    expect(closed.headers.get('set-cookie')).toContain('Max-Age=0')
    expect([(await me(first)).status, (await me(second)).status]).toEqual([401, 401])
  })

  it('is kept as a hash only', async () => {
    const cookie = cookieOf(await enter(login, PASSWORD))
    const rows = await db.asOwner((tx) => tx.select().from(schema.session))
    expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1])
  })

  it('asks a change for its origin', async () => {
    const Cookie = cookieOf(await enter(login, PASSWORD))
    const closeFrom = (headers: Record<string, string>) =>
      api.app.request('http://vigie.test/v1/sessions/current', {
        method: 'DELETE',
        headers: { Cookie, ...headers },
      })
    expect((await closeFrom({})).status).toBe(403)
    expect((await closeFrom({ Origin: 'http://ailleurs.test' })).status).toBe(403)
    expect((await closeFrom({ Origin: 'null' })).status).toBe(403)
    expect((await closeFrom({ Origin: 'http://vigie.test' })).status).toBe(204)
  })
})
