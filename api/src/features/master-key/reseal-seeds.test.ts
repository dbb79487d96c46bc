import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf, depsOn } from '../../../../test/support/deps.ts'
import { anOtpSubject } from '../../../../test/support/otp.ts'
import { verifyJournal } from '../../journal/verify-journal.ts'
import { sealBatches } from '../../journal/seal-batches.ts'
import { proveCode } from '../otp/prove.ts'
import { resealSeeds } from './reseal-seeds.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('a replaced master key', () => {
  it('leaves every key usable, with the former one at first, then without it', async () => {
    const before = depsOn(db)
    const { config } = before
    const subject = await anOtpSubject(before)
    await sealBatches(before)
    const masterKey = new Uint8Array(32).fill(8)
    const during = { ...before, config: { ...config, masterKey, formerMasterKeys: [config.masterKey] } }
    const proof = { holderId: subject.holderId, pin: subject.pin, channel: 'self_service' } as const
    expect(await resealSeeds(contextOf(during))).toEqual({ resealed: 1, formerPins: 1 })
    expect(await proveCode(contextOf(during), { ...proof, code: subject.hotp() })).toBe(true)
    expect(await resealSeeds(contextOf(during))).toEqual({ resealed: 0, formerPins: 0 })
    const after = { ...before, config: { ...config, masterKey } }
    expect(await proveCode(contextOf(after), { ...proof, code: subject.hotp(1) })).toBe(true)
    await sealBatches(during)
    expect((await verifyJournal(during)).broken).toBeNull()
    const [row] = await db.asOwner((tx) =>
      tx.select().from(schema.otpSecret).where(eq(schema.otpSecret.keyId, subject.keyId)),
    )
    expect(row?.counter).toBe(2)
  })
})
