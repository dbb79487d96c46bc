import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { Clock, Deps, Random } from '@vigie/api/context'
import { startServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import { openToken } from './account.ts'
import { aClock } from './clock.ts'
import { depsOn } from './deps.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Names and values in the order they came. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

export interface Verification {
  readonly login: string
  readonly pin: string
  readonly code: string
  readonly source?: string
}

export interface PostOptions {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly agent?: Agent
}

export interface RelyingParty {
  readonly deps: Deps & { clock: ReturnType<typeof aClock> }
  readonly url: string
  /** Bearer token of the service account that asks. */
  readonly token: string
  post(path: string, json: unknown, options?: PostOptions): Promise<Answer>
  verify(verification: Verification, options?: PostOptions): Promise<Answer>
  close(): Promise<void>
}

export const CHANCE: Random = {
  uuid: () => randomUUID(),
  bytes: (size) => new Uint8Array(randomBytes(size)),
}

/** An address that no other attempt of this run has. */
export const anAddress = (): string => `2001:db8::${randomBytes(6).toString('hex')}`

/** One POST of JSON over HTTP. */
export function postJson(
  url: string,
  json: unknown,
  { token, headers = {}, agent }: PostOptions,
): Promise<Answer> {
  const body = JSON.stringify(json)
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: 'POST',
      ...(agent ? { agent } : {}),
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
    request.setTimeout(15_000, () => request.destroy(new Error('no answer in 15 s')))
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    request.end(body)
  })
}

/** The API on a free port of this machine, and an application that asks it to verify codes. */
export async function aRelyingParty(
  db: Database,
  overrides: Partial<Omit<Deps, 'clock'>> = {},
  clock: Clock & ReturnType<typeof aClock> = aClock(),
): Promise<RelyingParty> {
  const deps = { ...depsOn(db, { random: CHANCE, ...overrides }), clock }
  const server = await startServer(deps, { port: 0, host: '127.0.0.1' })
  const token = await openToken(deps, 'otp:verify', { kind: 'academie', code: '98' })
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const post: RelyingParty['post'] = (path, json, options = {}) =>
    postJson(`${server.url}${path}`, json, { token, agent, ...options })
  return {
    deps,
    url: server.url,
    token,
    post,
    verify: (verification, options) =>
      post('/v1/otp/verifications', { source: anAddress(), ...verification }, options),
    close: async () => {
      agent.destroy()
      await server.close()
    },
  }
}
