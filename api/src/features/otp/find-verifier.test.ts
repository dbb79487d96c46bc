import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../../../../test/support/api.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf } from '../../../../test/support/deps.ts'
import { anOtpSubject, type OtpSubject } from '../../../../test/support/otp.ts'
import { createToken } from '../tokens/create-token.ts'

let db: Database
let api: Api

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
})
afterAll(() => db.close())

const portal = () => api.token('otp:verify', { kind: 'academie', code: '98' })
const send = (as: Credentials, subject: OtpSubject, code: string, through: Api = api) =>
  through.request('/v1/otp/verifications', {
    method: 'POST',
    as,
    json: { login: subject.login, pin: subject.pin, code, source: '192.0.2.1' },
  })

describe('the caller of a verification', () => {
  it('is refused at the request that follows its revocation or its end', async () => {
    const { apiToken } = schema
    for (const end of [{ revokedAt: api.deps.clock.now() }, { expiresAt: api.deps.clock.now() }]) {
      const { id, token } = await createToken(contextOf(api.deps), {
        name: 'Portail',
        scope: 'otp:verify',
        perimeter: { kind: 'academie', code: '98' },
        expiresInDays: 30,
      })
      const as = { Authorization: `Bearer ${token}` }
      const subject = await anOtpSubject(api.deps)
      expect((await send(as, subject, subject.hotp())).status).toBe(204)
      await db.transact({ role: 'vigie_auth' }, (tx) =>
        tx.update(apiToken).set(end).where(eq(apiToken.id, id)),
      )
      const refused = await send(as, subject, subject.hotp(1))
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('jeton') as string })
      expect((await send(await portal(), subject, subject.hotp(1))).status).toBe(204)
    }
  })

  it('is told that there is no answer when it cannot be looked up', async () => {
    const as = await portal()
    const subject = await anOtpSubject(api.deps)
    const stranded = anApi({
      ...db,
      verification: { run: () => Promise.reject(new Error('canceling statement due to statement timeout')) },
    })
    expect((await send(as, subject, subject.hotp(), stranded)).status).toBe(503)
  })
})
