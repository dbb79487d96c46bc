import { Agent } from 'node:http'
import { createMetrics, type Metrics } from '@vigie/api/metrics'
import { rowsOf, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { manyOtpSubjects, type ManySubject } from '../support/otp-subjects.ts'
import { anAddress, aRelyingParty, type RelyingParty, type Verification } from '../support/relying-party.ts'
import { shownTo } from './answer.ts'
import { criticalDistance, distance, quantile } from './distance.ts'

const SAMPLES = 2_000
/** Four attempts each: a fifth failure would pause them. */
const HOLDERS = SAMPLES / 4
/** Attempts from one address before the next: fewer than its limit. */
const PER_ADDRESS = 20
const PLANTED_MICROSECONDS = 300
/** Probability that chance alone tells two classes apart, whichever the pair. */
const CHANCE = 0.001

const CLASSES = ['bad_code', 'bad_pin', 'locked', 'paused', 'inactive', 'blocked', 'unknown'] as const
type Class = (typeof CLASSES)[number]

/** Spins: a sleep would give the processor back, which a leak does not. */
function burn(microseconds: number): void {
  const end = process.hrtime.bigint() + BigInt(microseconds) * 1_000n
  while (process.hrtime.bigint() < end);
}

/** Metrics of a server that takes a little longer before some of its answers leave, when `leaks` says so. */
function leakingMetrics(leaks: () => boolean): Metrics {
  const metrics = createMetrics()
  return {
    ...metrics,
    observeRequest: (...observation) => {
      if (leaks()) burn(PLANTED_MICROSECONDS)
      metrics.observeRequest(...observation)
    },
  }
}

const right = ({ login, pin, token, hotp, totp }: ManySubject): Verification => ({
  login,
  pin,
  code: token.type === 'hotp' ? hotp() : totp(),
})
/** A code of the right shape that the token will not show in its window, but for one chance in 30,000. */
const wrong = (subject: ManySubject): Verification => ({ ...right(subject), code: subject.hotp(900) })
const nobody = (prefix: string, index: number): Verification => ({
  login: `${prefix}${String(index).padStart(13, '0')}`,
  pin: '4071',
  code: '123456',
})

async function blockedSources(portal: RelyingParty): Promise<string[]> {
  const sources = Array.from({ length: SAMPLES / PER_ADDRESS / 2 }, anAddress)
  for (const source of sources)
    await Promise.all(
      Array.from({ length: 30 }, () => portal.verify({ login: 'personne', pin: '', code: '', source })),
    )
  return sources
}

async function attemptsOf(
  portal: RelyingParty,
): Promise<Record<Class | 'planted', (index: number) => Verification>> {
  const { deps } = portal
  const pausedUntil = new Date(deps.clock.now().getTime() + 3_600_000)
  const mint = async (options?: Parameters<typeof manyOtpSubjects>[2]) => {
    const subjects = await manyOtpSubjects(deps, HOLDERS, options)
    return (index: number) => subjects[index % HOLDERS]!
  }
  const [hotp, totp, pin, locked] = [
    await mint(),
    await mint({ type: 'totp' }),
    await mint(),
    await mint({ state: 'locked', failCount: 10 }),
  ]
  const [paused, revoked, unheard] = [
    await mint({ failCount: 5, pausedUntil }),
    await mint({ state: 'revoked' }),
    await mint(),
  ]
  const sources = await blockedSources(portal)
  return {
    bad_code: (index) => wrong(index % 2 === 0 ? hotp(index) : totp(index)),
    bad_pin: (index) => ({ ...right(pin(index)), pin: '4072' }),
    locked: (index) => right(locked(index)),
    paused: (index) => right(paused(index)),
    inactive: (index) => right(revoked(index)),
    blocked: (index) => ({ ...right(unheard(index)), source: sources[index % sources.length]! }),
    unknown: (index) => nobody('inconnu.', index % HOLDERS),
    planted: (index) => nobody('semblable.', index % HOLDERS),
  }
}

describe.skipIf(inject('migrated').engine !== 'postgresql')(
  'refusals (DATABASE_URL names the server)',
  () => {
    const microseconds = new Map<Class | 'planted', number[]>(
      [...CLASSES, 'planted' as const].map((name) => [name, []]),
    )
    const answers = new Set<string>()
    let reasons: Record<string, number> = {}
    let measured: Class | 'planted' | null = null

    beforeAll(async () => {
      const db = await aDatabase()
      const portal = await aRelyingParty(db, { metrics: leakingMetrics(() => measured === 'planted') })
      const attempts = await attemptsOf(portal)
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      let [address, sent] = [anAddress(), 0]
      const measure = async (name: Class | 'planted', index: number) => {
        if ((sent += 1) % PER_ADDRESS === 0) address = anAddress()
        const verification = { source: address, ...attempts[name](index) }
        measured = name
        const start = process.hrtime.bigint()
        const answer = await portal.verify(verification, { agent })
        const elapsed = Number(process.hrtime.bigint() - start) / 1_000
        microseconds.get(name)!.push(elapsed)
        answers.add(shownTo(answer))
      }
      for (let warm = 0; warm < 300; warm += 1) await portal.verify(nobody('avant.', warm), { agent })
      for (let index = 0; index < SAMPLES; index += 1) {
        for (const name of shuffled<Class | 'planted'>(
          [...CLASSES, 'planted'],
          portal.deps.random.bytes(CLASSES.length + 1),
        ))
          await measure(name, index)
      }
      reasons = await reasonsIn(db)
      agent.destroy()
      await portal.close()
      await db.close()
    }, 600_000)

    it('are 2,000 of each class: what the journal names', () => {
      expect(reasons).toMatchObject({ bad_pin: SAMPLES, locked: SAMPLES, paused: SAMPLES, inactive: SAMPLES })
      expect(reasons).toMatchObject({ bad_code: SAMPLES, source_blocked: SAMPLES })
      for (const name of CLASSES) expect(microseconds.get(name)).toHaveLength(SAMPLES)
    })

    it('unknown, locked, revoked, paused, bad PIN, bad code and blocked source have one status, body and headers', () => {
      expect([...answers]).toHaveLength(1)
      expect([...answers][0]).toMatch(/^401\n/)
    })

    const pairs = CLASSES.flatMap((a, index) => CLASSES.slice(index + 1).map((b) => [a, b] as const))
    const critical = criticalDistance(CHANCE / pairs.length, SAMPLES, SAMPLES)
    const apart = (a: Class | 'planted', b: Class | 'planted') =>
      distance(microseconds.get(a)!, microseconds.get(b)!)

    it('unknown, locked, revoked, paused, bad PIN, bad code and blocked source are not told apart by time', () => {
      const figures = CLASSES.map((name) => `${name} ${quantile(microseconds.get(name)!, 0.5).toFixed(0)} µs`)
      const distances = pairs.map(([a, b]) => ({ a, b, by: apart(a, b) }))
      const greatest = Math.max(...distances.map(({ by }) => by))
      const summary = `medians: ${figures.join(', ')}; greatest distance ${greatest.toFixed(3)}, critical ${critical.toFixed(3)}`
      process.stdout.write(`${summary}\n`)
      expect(
        distances.filter(({ by }) => by > critical),
        summary,
      ).toEqual([])
    })

    it(`would be told apart by time if one class took ${PLANTED_MICROSECONDS} µs more`, () => {
      for (const name of CLASSES) expect(apart(name, 'planted'), name).toBeGreaterThan(critical)
    })
  },
)

async function reasonsIn(db: Database): Promise<Record<string, number>> {
  const counted = await db.asOwner((tx) =>
    tx.execute(sql`
      select details->>'reason' as reason, count(*)::int as times
      from journal_entry where action = 'otp.rejected' group by 1`),
  )
  const rows = rowsOf<{ reason: string; times: number }>(counted)
  return Object.fromEntries(rows.map(({ reason, times }) => [reason, times]))
}

function shuffled<T>(items: readonly T[], chance: Uint8Array): T[] {
  const drawn = items.map((item, index) => ({ item, at: chance[index]! }))
  return drawn.toSorted((a, b) => a.at - b.at).map(({ item }) => item)
}
