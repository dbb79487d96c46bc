import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { crypto as nodeCrypto } from '@otplib/plugin-crypto-node'
import type { OtpAlgorithm, OtpType } from '@vigie/db/schema'
import { createGuardrails, generateSync, type HashAlgorithm } from 'otplib'

/** RFC 4226 R6 asks for 128 bits at least; the longest seed is SHA-512's block. */
const guardrails = createGuardrails({
  MIN_SECRET_BYTES: 16,
  MAX_SECRET_BYTES: 64,
  MIN_PERIOD: 1,
  MAX_PERIOD: 86_400,
  MAX_WINDOW: 10,
})

/** Counters tried beyond the expected one (RFC 4226, section 7.4). */
export const LOOK_AHEAD = 10
/** Steps tried on either side of the expected one (RFC 6238, section 5.2). */
export const STEP_TOLERANCE = 1
/** Counters or steps searched when a token is resynchronised. */
export const RESYNC_WINDOW = 1_000
/** Codes of that search computed at a stretch. */
const AT_A_STRETCH = 25
/** Counters that may be proven, the next one included. */
const OPEN = LOOK_AHEAD + 1
/** Codes computed for a refusal, whatever the token: its time does not tell which kind it is. */
const SCAN = OPEN + 1

/** What computes a token's codes, its seed opened. */
export interface Token {
  readonly type: OtpType
  readonly algorithm: OtpAlgorithm
  readonly digits: number
  /** Seconds of a step; null for HOTP. */
  readonly period: number | null
  readonly seed: Uint8Array
  /** Lowest counter or step still accepted. */
  readonly counter: number
  readonly drift: number
}

/** Stands in for a token that is not there: refusing costs the same. */
export const DECOY: Token = {
  type: 'hotp',
  algorithm: 'SHA1',
  digits: 6,
  period: null,
  seed: new Uint8Array(20).fill(0x56),
  counter: 0,
  drift: 0,
}

const keys = new WeakMap<Uint8Array, KeyObject>()

/** A seed computes several codes at each attempt: its key object is made once, and goes with it. */
function keyOf(seed: Uint8Array): KeyObject {
  const known = keys.get(seed)
  if (known) return known
  const key = createSecretKey(seed)
  keys.set(seed, key)
  return key
}

const crypto: typeof nodeCrypto = Object.assign(Object.create(nodeCrypto) as typeof nodeCrypto, {
  hmac: (algorithm: HashAlgorithm, seed: Uint8Array, data: Uint8Array) =>
    createHmac(algorithm, keyOf(seed)).update(data).digest(),
})

const ALGORITHMS = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const
const isDigits = (digits: number): digits is 6 | 7 | 8 => digits >= 6 && digits <= 8

/** Code of a counter (HOTP) or of a time step (TOTP): RFC 4226, section 5.3; RFC 6238, section 4.2. */
export function codeAt(token: Token, counter: number): string {
  if (!isDigits(token.digits)) throw new Error(`a code of ${token.digits} digits is not supported`)
  return generateSync({
    strategy: 'hotp',
    secret: token.seed,
    counter,
    algorithm: ALGORITHMS[token.algorithm],
    digits: token.digits,
    crypto,
    guardrails,
  })
}

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'))

/** Time step of an instant for this token, before its drift. */
export const stepAt = (token: Token, now: Date): number =>
  Math.floor(now.getTime() / 1_000 / (token.period ?? 30))

/** Steps that a token of right time may show, drift included. */
function steps(token: Token, now: Date): number[] {
  const step = stepAt(token, now) + token.drift
  const nearby = [step]
  for (let away = 1; away <= STEP_TOLERANCE; away += 1) nearby.push(step - away, step + away)
  return nearby
}

const expected = (token: Token, now: Date): number[] =>
  token.type === 'hotp'
    ? Array.from({ length: OPEN }, (_, ahead) => token.counter + ahead)
    : steps(token, now).filter((candidate) => candidate >= token.counter)

/** Counters that a code heard lately would prove, had it not served: the last HOTP one, the spent steps at hand. */
const spent = (token: Token, now: Date): number[] =>
  (token.type === 'hotp' ? [token.counter - 1] : steps(token, now)).filter(
    (candidate) => candidate >= 0 && candidate < token.counter,
  )

export interface Match {
  /** Counter or step that the code proves, or null. */
  readonly counter: number | null
  /** It proves nothing because it served already (RFC 4226, section 7.3; RFC 6238, section 5.2). */
  readonly replayed: boolean
}

/**
 * In: what was typed. Out: what it proves. A refusal always computes as many codes, and so does a match when `hurry` is
 * false: what else is wrong does not show in the time.
 */
export function matchCode(token: Token, code: string, now: Date, hurry: boolean): Match {
  const typed = new RegExp(`^\\d{${token.digits}}$`).test(code) ? code : ''
  let counter: number | null = null
  let computed = 0
  for (const candidate of expected(token, now)) {
    const matches = same(codeAt(token, candidate), typed)
    computed += 1
    if (matches && counter === null) counter = candidate
    if (counter !== null && hurry) return { counter, replayed: false }
  }
  let replayed = false
  for (const candidate of spent(token, now)) {
    if (same(codeAt(token, candidate), typed)) replayed = counter === null
    computed += 1
  }
  for (; computed < SCAN; computed += 1) codeAt(token, computed)
  return { counter, replayed }
}

/**
 * Two codes in a row within the window: the counter or step of the second, or null (RFC 4226, section 7.4). Lets the
 * process answer others on the way: the whole window takes as long as a hundred verifications.
 */
export async function matchPair(
  token: Token,
  codes: readonly [string, string],
  now: Date,
): Promise<number | null> {
  const step = stepAt(token, now)
  const first = token.type === 'hotp' ? token.counter : Math.max(token.counter, step - RESYNC_WINDOW)
  const last = token.type === 'hotp' ? token.counter + RESYNC_WINDOW : step + RESYNC_WINDOW
  for (let candidate = first; candidate <= last; candidate += 1) {
    if ((candidate - first) % AT_A_STRETCH === 0) await setImmediate()
    if (same(codeAt(token, candidate), codes[0]) && same(codeAt(token, candidate + 1), codes[1]))
      return candidate + 1
  }
  return null
}
