import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { pskcOf, type PskcKey } from '../support/pskc.ts'

type Algorithm = NonNullable<PskcKey['algorithm']>

interface Vectors {
  readonly rfc4226AppendixD: {
    readonly secretHex: string
    readonly digits: number
    readonly values: readonly { readonly counter: number; readonly otp: string }[]
  }
  readonly rfc6238AppendixB: {
    readonly secretHex: Readonly<Record<Algorithm, string>>
    readonly digits: number
    readonly period: number
    readonly values: readonly {
      readonly algorithm: Algorithm
      readonly unixTime: number
      readonly otp: string
    }[]
  }
}

const vectors = JSON.parse(
  readFileSync(new URL('fixtures/rfc-vectors.json', import.meta.url), 'utf8'),
) as Vectors
const CIRCONSCRIPTION = '0991001A'
const PIN = '4071'
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

/** RFC 4226, section 5.3, written here again: what the product computes is not its own witness. */
function codeAt(key: PskcKey, counter: number): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac(key.algorithm ?? 'SHA1', key.seed)
    .update(message)
    .digest()
  const truncated = digest.readUInt32BE(digest.at(-1)! & 0xf) & 0x7fffffff
  return String(truncated % 10 ** key.digits).padStart(key.digits, '0')
}

let db: Database
let api: Api
const clock = aClock('1970-01-01T00:00:05Z')
let uai: string
let holders = 0

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
})
afterAll(() => db.close())

const goTo = (unixTime: number) => clock.set(new Date(unixTime * 1_000).toISOString())
const aPortal = () => api.token('otp:verify', { kind: 'academie', code: '98' })

async function ask<T>(
  path: string,
  as: Credentials,
  content: { json?: object; body?: FormData },
): Promise<T> {
  const response = await api.request(path, { method: 'POST', as, ...content })
  const text = await response.text()
  if (response.status >= 300) throw new Error(`${path} answered ${response.status}: ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

interface Carried {
  readonly key: PskcKey
  readonly login: string
}

/** From the container to an active key, as people do it; the first code is spent by the activation. */
async function carried(keys: readonly PskcKey[], firstCode: (key: PskcKey) => string): Promise<Carried[]> {
  const diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  const osp = await api.signIn('osp', { kind: 'departement', code: '991' })
  const ien = await api.signIn('ien', { kind: 'circonscription', code: CIRCONSCRIPTION })
  const form = new FormData()
  form.set('file', new File([pskcOf(keys)], 'cles.pskc.xml', { type: 'application/pskc+xml' }))
  form.set('academie', '98')
  form.set('departement', '991')
  expect(await ask('/v1/keys/imports', diaser, { body: form })).toMatchObject({
    created: keys.length,
    refused: 0,
  })
  const all: Carried[] = []
  for (const key of keys) {
    const person = {
      function: 'directeur_ecole',
      login: `porteur.rfc.${(holders += 1)}`,
      displayName: `Porteur RFC ${holders}`,
      uai,
      callBackNumber: '01 99 00 00 00',
    }
    const holder = await ask<{ id: string; login: string }>('/v1/holders', osp, { json: person })
    const path = `/v1/keys/${key.serial}`
    await ask(`${path}/bindings`, osp, { json: { holderId: holder.id } })
    await ask(`${path}/hand-over`, ien, { json: { identityChecked: true } })
    await ask(`${path}/hand-over/pin`, ien, { json: { pin: PIN } })
    await ask(`${path}/hand-over/activation`, ien, { json: { pin: PIN, code: firstCode(key) } })
    all.push({ key, login: holder.login })
  }
  return all
}

let person = 0
const verify = async (portal: Credentials, { login }: Carried, code: string) =>
  (
    await api.request('/v1/otp/verifications', {
      method: 'POST',
      as: portal,
      json: { login, pin: PIN, code, source: `192.0.2.${(person += 1) % 250}` },
    })
  ).status

describe('RFC 4226, appendix D, from the PSKC container to the answer over HTTP', () => {
  const { secretHex, digits, values } = vectors.rfc4226AppendixD

  it('accepts the values of counters 0 to 9, each once and in order', async () => {
    goTo(20)
    const key: PskcKey = { serial: 'RFC-4226-6', type: 'hotp', seed: bytes(secretHex), digits }
    const [one] = await carried([key], () => values[0]!.otp)
    const portal = await aPortal()
    expect(await verify(portal, one!, values[0]!.otp), 'spent by the activation').toBe(401)
    for (const { counter, otp } of values.slice(1)) {
      expect(codeAt(key, counter)).toBe(otp)
      expect(await verify(portal, one!, otp), `counter ${counter}`).toBe(204)
      expect(await verify(portal, one!, otp), `counter ${counter} again`).toBe(401)
    }
  })

  it('accepts the same counters on 7 and 8 digits, and under SHA-256 and SHA-512', async () => {
    goTo(40)
    const keys = ([7, 8] as const).flatMap((long) =>
      (['SHA1', 'SHA256', 'SHA512'] as const).map((algorithm): PskcKey => ({
        ...{ serial: `RFC-4226-${algorithm}-${long}`, type: 'hotp', digits: long, algorithm },
        seed: bytes(vectors.rfc6238AppendixB.secretHex[algorithm]),
      })),
    )
    const portal = await aPortal()
    for (const one of await carried(keys, (key) => codeAt(key, 0)))
      for (let counter = 1; counter < 10; counter += 1)
        expect(await verify(portal, one, codeAt(one.key, counter)), `${one.key.serial} ${counter}`).toBe(204)
  })
})

describe('RFC 6238, appendix B, from the PSKC container to the answer over HTTP', () => {
  const { secretHex, digits, period, values } = vectors.rfc6238AppendixB
  const algorithms = ['SHA1', 'SHA256', 'SHA512'] as const
  const keyOf = (algorithm: (typeof algorithms)[number], long: number, seconds: number): PskcKey => ({
    ...{
      serial: `RFC-6238-${algorithm}-${long}-${seconds}`,
      type: 'totp',
      digits: long,
      period: seconds,
      algorithm,
    },
    seed: bytes(secretHex[algorithm]),
  })
  /** Of the first step, before any time of the appendix. */
  const firstStep = (key: PskcKey) => codeAt(key, 0)

  it('accepts the values of every time, to 20000000000, for SHA-1, SHA-256 and SHA-512, once each', async () => {
    goTo(10)
    const people = await carried(
      algorithms.map((algorithm) => keyOf(algorithm, digits, period)),
      firstStep,
    )
    for (const { algorithm, unixTime, otp } of values) {
      goTo(unixTime)
      const portal = await aPortal()
      const one = people.find(({ key }) => key.algorithm === algorithm)!
      expect(codeAt(one.key, Math.floor(unixTime / period))).toBe(otp)
      expect(await verify(portal, one, otp), `${algorithm} at ${unixTime}`).toBe(204)
      expect(await verify(portal, one, otp), `${algorithm} at ${unixTime} again`).toBe(401)
    }
  })

  it('accepts the values of every time on 6 and 8 digits for periods of 15, 30, 60 and 300 seconds', async () => {
    goTo(12)
    const keys = algorithms.flatMap((algorithm) =>
      [6, 8].flatMap((long) =>
        [15, 30, 60, 300].flatMap((seconds) =>
          seconds === period && long === digits ? [] : [keyOf(algorithm, long, seconds)],
        ),
      ),
    )
    const people = await carried(keys, firstStep)
    const spent = new Map(people.map(({ key }) => [key.serial, 0]))
    for (const unixTime of new Set(values.map(({ unixTime }) => unixTime))) {
      goTo(unixTime)
      const portal = await aPortal()
      for (const one of people) {
        const step = Math.floor(unixTime / one.key.period!)
        const expected = step > spent.get(one.key.serial)! ? 204 : 401
        expect(await verify(portal, one, codeAt(one.key, step)), `${one.key.serial} at ${unixTime}`).toBe(
          expected,
        )
        spent.set(one.key.serial, step)
      }
    }
  }, 60_000)
})
