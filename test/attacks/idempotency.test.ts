import { randomUUID } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { aDatabase } from '../support/database.ts'
import { manyOtpSubjects, type ManySubject } from '../support/otp-subjects.ts'
import { anAddress, aRelyingParty, type RelyingParty, type Verification } from '../support/relying-party.ts'

describe.skipIf(inject('migrated').engine !== 'postgresql')(
  'idempotency keys, tampered with or replayed (DATABASE_URL names the server)',
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

    const aSubject = async () => (await manyOtpSubjects(portal.deps, 1))[0]!
    const asks = ({ login, pin }: ManySubject, code: string): Verification => ({
      ...{ login, pin, code, source: anAddress() },
    })
    const send = (verification: Verification, key: string, token = portal.token) =>
      portal.verify(verification, { token, headers: { 'Idempotency-Key': key } })
    const acceptedOf = (subject: ManySubject) =>
      db.asOwner((tx) =>
        tx
          .select()
          .from(schema.journalEntry)
          .where(
            and(
              eq(schema.journalEntry.subjectId, subject.holderId),
              eq(schema.journalEntry.action, 'otp.accepted'),
            ),
          ),
      )
    const failuresOf = async (subject: ManySubject) =>
      (
        await db.transact({ role: 'vigie_worker' }, (tx) =>
          tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, subject.holderId)),
        )
      )[0]?.failCount

    it('give twins sent together one answer and one consumption, 50 rounds of 10', async () => {
      const subjects = await manyOtpSubjects(portal.deps, 50)
      for (const subject of subjects) {
        const [verification, key] = [asks(subject, subject.hotp()), randomUUID()]
        const answers = await Promise.all(Array.from({ length: 10 }, () => send(verification, key)))
        expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204))
        expect(await acceptedOf(subject)).toHaveLength(1)
      }
    })

    it('count a refused request sent ten times as one attempt', async () => {
      const subject = await aSubject()
      const [verification, key] = [asks(subject, '000000'), randomUUID()]
      const answers = await Promise.all(Array.from({ length: 10 }, () => send(verification, key)))
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 401))
      expect(await failuresOf(subject)).toBe(1)
    })

    it('refuse other content under a key that served, and compare nothing', async () => {
      const [subject, other] = [await aSubject(), await aSubject()]
      const [verification, key] = [asks(subject, subject.hotp()), randomUUID()]
      expect((await send(verification, key)).status).toBe(204)
      for (const tampered of [
        { ...verification, code: subject.hotp(1) },
        { ...verification, pin: '4072' },
        { ...verification, login: other.login, code: other.hotp() },
        { ...verification, source: anAddress() },
      ]) {
        expect((await send(tampered, key)).status).toBe(409)
      }
      expect(await failuresOf(subject)).toBe(0)
      expect(await failuresOf(other)).toBe(0)
      expect((await send({ ...verification, login: verification.login.toUpperCase() }, key)).status).toBe(204)
      expect(await acceptedOf(subject)).toHaveLength(1)
    })

    it('open nothing to another service account', async () => {
      const subject = await aSubject()
      const stranger = await openToken(portal.deps, 'otp:verify', { kind: 'academie', code: '98' })
      const [verification, key] = [asks(subject, subject.hotp()), randomUUID()]
      expect((await send(verification, key)).status).toBe(204)
      expect((await send(verification, key, stranger)).status).toBe(401)
      expect(await acceptedOf(subject)).toHaveLength(1)
    })

    it('do not bring a code back after their minute', async () => {
      const subject = await aSubject()
      const [verification, key] = [asks(subject, subject.hotp()), randomUUID()]
      expect((await send(verification, key)).status).toBe(204)
      portal.deps.clock.advance(61_000)
      expect((await send(verification, key)).status).toBe(401)
    })

    it('get no answer, rather than an acceptance, when the first request died', async () => {
      const subject = await aSubject()
      const [verification, key] = [asks(subject, subject.hotp()), randomUUID()]
      await dieAfterReserving(verification, key)
      const answer = await send(verification, key)
      expect(answer.status).toBe(503)
      expect(await acceptedOf(subject)).toHaveLength(0)
      expect((await send({ ...verification, code: subject.hotp(1) }, key)).status).toBe(409)
      expect((await send(verification, randomUUID())).status).toBe(204)
    })

    it('must be 8 to 128 visible ASCII characters', async () => {
      const subject = await aSubject()
      for (const key of ['court', 'é'.repeat(10), 'x'.repeat(129), 'avec espace'])
        expect(
          (
            await send(
              asks(subject, subject.hotp()),
              encodeURI(key) === key ? key : Buffer.from(key).toString('latin1'),
            )
          ).status,
        ).toBe(422)
    })

    /** The same request, until the process that runs it is gone: the attempt is taken, nothing follows. */
    async function dieAfterReserving(verification: Verification, key: string): Promise<void> {
      let reserved = false
      const dying: Database = {
        ...db,
        verification: {
          run: async <T extends object>(statement: string, values: readonly unknown[]) => {
            if (reserved) return new Promise<T[]>(() => {})
            const rows = await db.verification.run<T>(statement, values)
            if (String(statement).includes('reserved as')) reserved = true
            return rows
          },
        },
      }
      const twin = await aRelyingParty(dying, {}, portal.deps.clock)
      void twin
        .verify(verification, { token: portal.token, headers: { 'Idempotency-Key': key } })
        .catch(() => {})
      while (!reserved) await new Promise((resolve) => setTimeout(resolve, 10))
    }
  },
)
