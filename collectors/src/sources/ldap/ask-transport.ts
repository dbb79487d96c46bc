import { CollectionError } from '../../collector.ts'
import { networkReason } from '../network-reason.ts'
import { certificateOf, type PeerCertificate } from '../peer-certificate.ts'
import type { LdapConfig } from './config.ts'
import { openConnection, type Connection, type Opening } from './connection.ts'
import { RESULT, faultOf, isAnswer, resultCodeOf } from './fault.ts'

/** A bind that names nobody; its password is no secret, and says so. */
export const PROBE_NAME = 'cn=vigie-sonde-sans-compte'
const PROBE_PASSWORD = 'sonde-sans-secret'

/** A yes or no, or why it could not be told, in French. */
export type Told = boolean | { readonly unknown: string }

/** What the directory shows from outside, before any account is named. */
export interface Transport {
  /** Null when nothing could be encrypted: `tlsFault` says why. */
  readonly certificate: PeerCertificate | null
  readonly tlsFault: string | null
  /** Nothing says that it cannot be encrypted: it did not answer. */
  readonly tlsLate: boolean
  readonly cleartextBind: Told
  readonly anonymousReading: Told
}

type Side = Connection | Error

/** Looks at the directory from outside: no secret is sent. Errors: `CollectionError` when it does not answer at all. */
export async function askTransport(config: LdapConfig, now: Date, signal: AbortSignal): Promise<Transport> {
  const opening = {
    tls: config.tls,
    pauseMs: config.pauseMs,
    requestTimeoutMs: config.requestTimeoutMs,
    signal,
  }
  const open = async (url: URL, protection: 'clear' | 'unverified'): Promise<Side> =>
    openConnection({ ...opening, url } satisfies Opening, protection).catch((error: unknown) => {
      if (error instanceof Error) return error
      throw error
    })
  const secure = await open(config.url, 'unverified')
  const clear = await open(config.cleartextUrl, 'clear')
  try {
    if (secure instanceof Error && clear instanceof Error) throw faultOf(clear, config.url.host)
    const cleartextBind = await takesPassword(config, clear)
    const anonymousReading = await readsAnonymously(config, [clear, secure])
    if (secure instanceof Error && isUnknown(cleartextBind) && isUnknown(anonymousReading)) {
      throw faultOf(secure, config.url.host)
    }
    return {
      certificate: secure instanceof Error || !secure.peer ? null : certificateOf(secure.peer, now),
      tlsFault: secure instanceof Error ? whyNot(secure) : null,
      tlsLate: secure instanceof Error && !isAnswer(secure),
      cleartextBind,
      anonymousReading,
    }
  } finally {
    for (const side of [secure, clear]) if (!(side instanceof Error)) await side.close()
  }
}

/** A wrong password that was looked at means that a right one would have been taken (RFC 4513, 6.3). */
async function takesPassword({ bases }: LdapConfig, clear: Side): Promise<Told> {
  if (clear instanceof Error) {
    return isRefused(clear)
      ? false
      : { unknown: `la connexion en clair n’a pas pu être essayée (${whyNot(clear)})` }
  }
  try {
    await clear.bind(`${PROBE_NAME},${bases[0].dn}`, PROBE_PASSWORD)
    return true
  } catch (error) {
    const code = resultCodeOf(error)
    if (code === RESULT.invalidCredentials) return true
    if (code === RESULT.confidentialityRequired || code === RESULT.strongerAuthRequired) return false
    return { unknown: code === null ? faultMessage(error) : `réponse ${code} à une connexion en clair` }
  }
}

const isUnknown = (told: Told): boolean => typeof told !== 'boolean'

function whyNot(error: Error): string {
  const code = resultCodeOf(error)
  if (code !== null) return `StartTLS refusé, code ${code}`
  return error instanceof CollectionError ? error.message : networkReason(error)
}

const isRefused = (error: Error) => 'code' in error && error.code === 'ECONNREFUSED'
const faultMessage = (error: unknown) => (error instanceof Error ? error.message : 'erreur')

/** Whether entries other than the bases show themselves to nobody in particular, in clear or encrypted. */
async function readsAnonymously({ bases }: LdapConfig, sides: readonly Side[]): Promise<Told> {
  const told: Told[] = []
  for (const side of sides) {
    if (side instanceof Error) continue
    told.push(await readsOver(side, bases[0].dn))
  }
  return told.find((answer) => answer === true) ?? told.find((answer) => answer !== false) ?? false
}

/** What a directory answers that has no time: it says nothing of a right. */
const PASSING: ReadonlySet<number> = new Set([
  RESULT.timeLimitExceeded,
  RESULT.adminLimitExceeded,
  RESULT.busy,
  RESULT.unavailable,
])

async function readsOver(side: Connection, base: string): Promise<Told> {
  try {
    await side.bind('', '')
    return await side.showsBeneath(base)
  } catch (error) {
    const code = resultCodeOf(error)
    if (code === null) return { unknown: faultMessage(error) }
    return PASSING.has(code) ? { unknown: `réponse ${code} à une lecture anonyme` } : false
  }
}
