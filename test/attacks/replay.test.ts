import { schema, type Database } from '@vigie/db'
import { resynchronise } from '@vigie/api/features/otp/resynchronise.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { contextOf } from '../support/deps.ts'
import { manyOtpSubjects, type ManyOptions, type ManySubject } from '../support/otp-subjects.ts'
import { aRelyingParty, type RelyingParty } from '../support/relying-party.ts'
import { shownTo } from './answer.ts'

describe.skipIf(inject('migrated').engine !== 'postgresql')(
  'replays and spent keys (DATABASE_URL names the server)',
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

    const aSubject = async (options?: ManyOptions) => (await manyOtpSubjects(portal.deps, 1, options))[0]!
    const present = ({ login, pin }: ManySubject, code: string) => portal.verify({ login, pin, code })
    const status = async (subject: ManySubject, code: string) => (await present(subject, code)).status
    const resync = ({ holderId }: ManySubject, codes: readonly [string, string]) =>
      resynchronise(contextOf(portal.deps), { holderId, codes, channel: 'assistance' })
    const rewrite = (subject: ManySubject, values: Partial<typeof schema.otpCredential.$inferInsert>) =>
      db.transact({ role: 'vigie_worker' }, (tx) =>
        tx
          .update(schema.otpCredential)
          .set(values)
          .where(eq(schema.otpCredential.holderId, subject.holderId)),
      )

    it('refuses a code replayed after its acceptance', async () => {
      for (const type of ['hotp', 'totp'] as const) {
        const subject = await aSubject({ type })
        const code = type === 'hotp' ? subject.hotp() : subject.totp()
        expect(await status(subject, code)).toBe(204)
        for (let replay = 0; replay < 3; replay += 1) expect(await status(subject, code)).toBe(401)
      }
    })

    it('refuses a code replayed one step later, and one step earlier', async () => {
      for (const accepted of [-1, 0, 1]) {
        const subject = await aSubject({ type: 'totp' })
        const codes = [subject.totp(-1), subject.totp(0), subject.totp(1)]
        expect(await status(subject, codes[accepted + 1]!)).toBe(204)
        for (const earlier of codes.slice(0, accepted + 2)) expect(await status(subject, earlier)).toBe(401)
        await rewrite(subject, { failCount: 0, pausedUntil: null })
        portal.deps.clock.advance(30_000)
        for (const earlier of codes.slice(0, accepted + 2)) expect(await status(subject, earlier)).toBe(401)
      }
    })

    it('refuses codes replayed through a resynchronisation', async () => {
      const hotp = await aSubject()
      expect(await status(hotp, hotp.hotp(0))).toBe(204)
      expect(await resync(hotp, [hotp.hotp(0), hotp.hotp(1)])).toBe(false)
      expect(await resync(hotp, [hotp.hotp(1), hotp.hotp(2)])).toBe(true)
      expect(await resync(hotp, [hotp.hotp(1), hotp.hotp(2)])).toBe(false)
      expect(await resync(hotp, [hotp.hotp(2), hotp.hotp(3)])).toBe(false)
      for (const counter of [1, 2]) expect(await status(hotp, hotp.hotp(counter))).toBe(401)
      const totp = await aSubject({ type: 'totp' })
      expect(await status(totp, totp.totp(0))).toBe(204)
      expect(await resync(totp, [totp.totp(-1), totp.totp(0)])).toBe(false)
      expect(await resync(totp, [totp.totp(0), totp.totp(1)])).toBe(false)
      expect(await resync(totp, [totp.totp(1), totp.totp(2)])).toBe(true)
      expect(await status(totp, totp.totp(2))).toBe(401)
    })

    it('refuses codes replayed after a change of drift, whichever way the clock of the token moved', async () => {
      for (const steps of [300, -300]) {
        const subject = await aSubject({ type: 'totp' })
        expect(await status(subject, subject.totp(0))).toBe(204)
        const pair = [subject.totp(steps), subject.totp(steps + 1)] as const
        expect(await resync(subject, pair), `${steps}`).toBe(steps > 0)
        await rewrite(subject, { failCount: 0, pausedUntil: null })
        for (const code of [...pair, subject.totp(0)]) expect(await status(subject, code)).toBe(401)
      }
      const follower = await aSubject({ type: 'totp' })
      const seen: string[] = []
      for (let turn = 0; turn < 4; turn += 1) {
        const ahead = follower.totp(turn + 1)
        expect(await status(follower, ahead), `drift ${turn + 1}`).toBe(204)
        seen.push(ahead)
        for (const code of seen.slice(-3)) expect(await status(follower, code)).toBe(401)
        portal.deps.clock.advance(30_000)
      }
    })

    it('refuses the same pair of codes resynchronised 20 times in parallel, all but once', async () => {
      const subject = await aSubject()
      const pair = [subject.hotp(40), subject.hotp(41)] as const
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => resync(subject, pair)))
      expect(outcomes.filter(Boolean)).toHaveLength(1)
    })

    it('refuses the right code of a locked key with the body and headers of a wrong one', async () => {
      const [locked, other] = [await aSubject(), await aSubject()]
      for (let failure = 1; failure <= 10; failure += 1) {
        expect(await status(locked, '000000')).toBe(401)
        portal.deps.clock.advance(601_000)
      }
      const wrong = await present(other, '000000')
      const right = await present(locked, locked.hotp())
      expect(right.status).toBe(401)
      expect(shownTo(right)).toBe(shownTo(wrong))
      expect(shownTo(await portal.verify({ login: 'personne', pin: '', code: '' }))).toBe(shownTo(wrong))
    })

    it('refuses whatever shape the PIN and the code take, with that same answer', async () => {
      const subject = await aSubject()
      const shapes = [
        '',
        ' ',
        '\0',
        '٠١٢٣٤٥',
        '１２３４５６',
        '1e5',
        '-1',
        '0x1',
        'NaN',
        "' or 1=1 --",
        '9'.repeat(128),
      ]
      const reference = shownTo(await portal.verify({ login: 'personne', pin: '', code: '' }))
      for (const shape of shapes) {
        expect(shownTo(await portal.verify({ ...subject, pin: shape, code: subject.hotp() }))).toBe(reference)
        expect(shownTo(await portal.verify({ ...subject, code: shape }))).toBe(reference)
        expect(shownTo(await portal.verify({ ...subject, login: shape || ' ', code: shape }))).toBe(reference)
        await rewrite(subject, { failCount: 0, pausedUntil: null })
      }
    })
  },
)
