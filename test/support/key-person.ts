import { macTemporary } from '@vigie/api/secrets/pin.ts'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { openAccount } from './account.ts'
import { cookieOf, PASSWORD, type Api, type Credentials } from './api.ts'
import { anOtpSubject, type OtpSubject } from './otp.ts'

/** A holder who also signs in to Vigie, and every way to present a code of theirs. */
export interface KeyPerson {
  readonly subject: OtpSubject
  /** Login of the account, to be typed with `PASSWORD`. */
  readonly account: string
  /** A session that proved the key. */
  readonly session: Credentials
  /** A session that only knew the password. */
  readonly pending: Credentials
}

const withPassword = async (api: Api, login: string): Promise<Credentials> => ({
  Cookie: cookieOf(await api.enter(login, PASSWORD)),
})

/** Signs in once with the key: the code of the counter 0 is spent. */
export async function aKeyPerson(api: Api): Promise<KeyPerson> {
  const account = `compte.${api.deps.random.uuid().slice(0, 13)}`
  const perimeter = { kind: 'etablissement', code: '0990001A' } as const
  const accountId = await openAccount(api.deps, {
    login: account,
    password: PASSWORD,
    grants: [{ role: 'directeur_ecole', perimeter }],
  })
  const subject = await anOtpSubject(api.deps, { accountId })
  const first = await withPassword(api, account)
  const proven = await api.request('/v1/sessions/code', {
    method: 'POST',
    as: first,
    json: { code: subject.hotp(0) },
  })
  if (proven.status !== 204) throw new Error(`the sign-in answered ${proven.status}`)
  return {
    subject,
    account,
    session: { Cookie: cookieOf(proven) },
    pending: await withPassword(api, account),
  }
}

/** Gives the holder a limited-time password of one hour. */
export async function giveTemporaryPassword(
  { deps }: Api,
  holderId: string,
  password: string,
): Promise<void> {
  const temporaryUntil = new Date(deps.clock.now().getTime() + 3_600_000)
  const temporaryMac = macTemporary(keyringOf(deps.config), holderId, password)
  await deps.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .update(schema.otpCredential)
      .set({ temporaryMac, temporaryUntil })
      .where(eq(schema.otpCredential.holderId, holderId)),
  )
}
