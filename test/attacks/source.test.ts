import { rowsOf, schema, type Database } from '@vigie/db'
import { inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { manyOtpSubjects, type ManySubject } from '../support/otp-subjects.ts'
import { aRelyingParty, type RelyingParty } from '../support/relying-party.ts'

/** Failures that a source is allowed, and attempts of one source that may be under way when the last is counted. */
const PERSON = 30
const RELAY = 600
const UNDER_WAY = 7
/** Failures that pause a holder. */
const PAUSE = 5

describe.skipIf(inject('migrated').engine !== 'postgresql')(
  'one source against a département (DATABASE_URL names the server)',
  () => {
    let db: Database
    let portal: RelyingParty
    beforeAll(async () => {
      db = await aDatabase()
      portal = await aRelyingParty(db)
    })
    afterAll(async () => {
      await portal.close()
      await db.close()
    })

    const wrong = ({ login, pin }: ManySubject) => ({ login, pin, code: '000000' })
    async function harmOf(subjects: readonly ManySubject[]) {
      const ids = subjects.map(({ holderId }) => holderId)
      const { otpCredential } = schema
      const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
        tx.select().from(otpCredential).where(inArray(otpCredential.holderId, ids)),
      )
      return {
        evaluated: rows.reduce((sum, { failCount }) => sum + failCount, 0),
        paused: rows.filter(({ pausedUntil }) => pausedUntil !== null).length,
        locked: rows.filter(({ active }) => !active).length,
      }
    }

    it('pauses at most seven of 200 holders with 1,000 wrong codes fired at once from one address', async () => {
      const subjects = await manyOtpSubjects(portal.deps, 200)
      const source = '192.0.2.66'
      const attempts = subjects.flatMap((subject) =>
        Array.from({ length: PAUSE }, () => portal.verify({ ...wrong(subject), source })),
      )
      const answers = await Promise.all(attempts)
      expect(answers.every(({ status }) => status === 401)).toBe(true)
      const harm = await harmOf(subjects)
      expect(harm.evaluated).toBeGreaterThanOrEqual(PERSON)
      expect(harm.evaluated).toBeLessThanOrEqual(PERSON + UNDER_WAY)
      expect(harm.paused).toBeLessThanOrEqual(Math.floor((PERSON + UNDER_WAY) / PAUSE))
      expect(harm.locked).toBe(0)
      const elsewhere = subjects.at(-1)!
      expect((await portal.verify({ ...wrong(elsewhere), code: elsewhere.hotp(), source })).status).toBe(401)
      expect((await portal.verify({ ...wrong(elsewhere), code: elsewhere.hotp() })).status).toBe(204)
    })

    it('slows down an address that stays just under its limit: 12 failures an hour after the first 120', async () => {
      const subjects = await manyOtpSubjects(portal.deps, 400)
      const source = '192.0.2.67'
      const hours = 6
      let next = 0
      for (let window = 0; window < hours * 6; window += 1) {
        portal.deps.clock.advance(601_000)
        const some = Array.from({ length: PERSON - 1 }, () => subjects[(next += 1) % subjects.length]!)
        await Promise.all(some.map((subject) => portal.verify({ ...wrong(subject), source })))
      }
      const { evaluated, locked } = await harmOf(subjects)
      expect(evaluated).toBeGreaterThan(120)
      expect(evaluated).toBeLessThanOrEqual(120 + 12 * hours + UNDER_WAY)
      expect(locked).toBe(0)
    }, 120_000)

    it('stops a relay that tells no address apart after what many people get wrong together', async () => {
      const subjects = await manyOtpSubjects(portal.deps, 200)
      const burst = () =>
        Promise.all(
          subjects.flatMap((subject) =>
            Array.from({ length: PAUSE }, () => portal.post('/v1/otp/verifications', wrong(subject))),
          ),
        )
      await burst()
      const harm = await harmOf(subjects)
      expect(harm.evaluated).toBeGreaterThanOrEqual(RELAY)
      expect(harm.evaluated).toBeLessThanOrEqual(RELAY + UNDER_WAY)
      expect(harm.locked).toBe(0)
      await burst()
      expect((await harmOf(subjects)).evaluated).toBe(harm.evaluated)
    }, 120_000)

    it('keeps no address: sources are keyed hashes', async () => {
      const found = await db.asOwner((tx) => tx.execute(sql`select source from otp_source`))
      const sources = rowsOf<{ source: string }>(found).map(({ source }) => source)
      expect(sources.length).toBeGreaterThan(2)
      expect(sources.filter((source) => !/^[0-9a-f]{32}$/.test(source))).toEqual([])
    })
  },
)
