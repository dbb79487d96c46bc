import { schema, type Database } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { manyOtpSubjects } from '../support/otp-subjects.ts'
import { aRelyingParty, type RelyingParty } from '../support/relying-party.ts'

const engine = inject('migrated').engine

describe.skipIf(engine !== 'postgresql')('attempts in parallel (DATABASE_URL names the server)', () => {
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

  const entriesOf = (holderIds: string[]) =>
    db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(inArray(schema.journalEntry.subjectId, holderIds)),
    )
  const reasonsOf = async (holderId: string) => {
    const counts = new Map<string, number>()
    for (const { action, details } of await entriesOf([holderId])) {
      const reason = action === 'otp.accepted' ? 'accepted' : String(details['reason'])
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
    }
    return counts
  }

  for (const type of ['hotp', 'totp'] as const) {
    it(`accepts the same ${type.toUpperCase()} code sent 50 times in parallel exactly once, 100 rounds`, async () => {
      const subjects = await manyOtpSubjects(portal.deps, 100, { type })
      for (const subject of subjects) {
        const code = type === 'hotp' ? subject.hotp() : subject.totp()
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => portal.verify({ login: subject.login, pin: subject.pin, code })),
        )
        const statuses = answers.map(({ status }) => status).sort()
        expect(statuses).toEqual([204, ...Array.from({ length: 49 }, () => 401)])
      }
      const accepted = (await entriesOf(subjects.map(({ holderId }) => holderId))).filter(
        ({ action }) => action === 'otp.accepted',
      )
      expect(accepted).toHaveLength(100)
    })
  }

  it('evaluates at most five of 100 wrong codes sent in parallel, then at most one after each pause', async () => {
    const [subject] = await manyOtpSubjects(portal.deps, 1)
    const burst = () =>
      Promise.all(
        Array.from({ length: 100 }, () =>
          portal.verify({ login: subject!.login, pin: subject!.pin, code: '000000' }),
        ),
      )
    expect((await burst()).every(({ status }) => status === 401)).toBe(true)
    expect(Object.fromEntries(await reasonsOf(subject!.holderId))).toEqual({ bad_code: 5, paused: 95 })
    for (let evaluated = 6; evaluated <= 10; evaluated += 1) {
      portal.deps.clock.advance(601_000)
      await burst()
      expect((await reasonsOf(subject!.holderId)).get('bad_code')).toBe(evaluated)
    }
    portal.deps.clock.advance(3_600_000)
    await burst()
    expect((await reasonsOf(subject!.holderId)).get('bad_code')).toBe(10)
    const locks = await db.asOwner((tx) =>
      tx
        .select()
        .from(schema.keyTransition)
        .where(inArray(schema.keyTransition.keyId, [subject!.keyId])),
    )
    expect(locks).toMatchObject([{ transition: 'lock', fromState: 'active', toState: 'locked' }])
  })

  it('evaluates no more when the wrong codes come under every spelling of the login at once', async () => {
    const [subject] = await manyOtpSubjects(portal.deps, 1)
    const { login, pin } = subject!
    const spellings = [
      login,
      login.toUpperCase(),
      ` ${login}`,
      `${login}\t`,
      `\u00a0${login}\u3000`,
      fullWidth(login),
    ]
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        portal.verify({ login: spellings[index % spellings.length]!, pin, code: '000000' }),
      ),
    )
    expect(answers.every(({ status }) => status === 401)).toBe(true)
    expect(Object.fromEntries(await reasonsOf(subject!.holderId))).toEqual({ bad_code: 5, paused: 95 })
  })
})

/** The same letters from the full-width block, which NFKC folds. */
const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0))
