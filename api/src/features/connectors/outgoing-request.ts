import { lookup } from 'node:dns'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Config } from '../../context.ts'
import { hostOf, isForbiddenAddress } from './connector-address.ts'

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface OutgoingAnswer {
  readonly status: number
  readonly text: string
}

export interface OutgoingOptions {
  /** Milliseconds for the whole exchange; 15,000 unless told. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** What kept an exchange from its end: French, without the path of the address nor anything secret. */
export class OutgoingError extends Error {
  /** The system did not answer as itself. */
  readonly unreachable: boolean
  /** What else waits for this system would meet the same fate now. */
  readonly affectsAll: boolean

  constructor(detail: string, unreachable: boolean, options: { cause?: unknown; affectsAll?: boolean } = {}) {
    super(detail, { cause: options.cause })
    this.unreachable = unreachable
    this.affectsAll = options.affectsAll ?? unreachable
  }
}

const TIMEOUT_MS = 15_000
const LARGEST_ANSWER = 1_000_000

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connexion refusée',
  ENOTFOUND: 'nom inconnu',
  EAI_AGAIN: 'résolution du nom impossible',
  ECONNRESET: 'connexion coupée',
  EPIPE: 'connexion coupée',
  EHOSTUNREACH: 'machine injoignable',
  ENETUNREACH: 'réseau injoignable',
  ETIMEDOUT: 'délai dépassé',
  EFORBIDDEN: 'ce nom désigne la machine de Vigie ou un réseau réservé',
  ETOOLONG: 'réponse trop longue',
  CERT_HAS_EXPIRED: 'certificat expiré',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificat non reconnu',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificat non reconnu',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificat non reconnu',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificat non reconnu',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificat d’un autre nom',
}

const coded = (code: string) => Object.assign(new Error(code), { code })

/** Resolves as usual, then refuses where no connector may go: what was checked is what is connected to. */
const guardedLookup =
  (config: Config): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const [first] = found
      if (!first || found.some(({ address }) => isForbiddenAddress(address, config))) {
        return callback(coded('EFORBIDDEN'), '')
      }
      if (options.all) return callback(null, found)
      callback(null, first.address, first.family)
    })
  }

async function readBounded(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_ANSWER) throw coded('ETOOLONG')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function exchange({ url, body }: OutgoingRequest, options: RequestOptions): Promise<OutgoingAnswer> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const outgoing = send(url, options, (incoming) => {
      readBounded(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, text }), reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/**
 * One exchange with the system of a connector. Redirections are not followed. Errors: `OutgoingError`, whose words a
 * person may read; the answer's status is the caller's to judge.
 */
export async function sendOutgoing(
  config: Config,
  outgoing: OutgoingRequest,
  { timeoutMs = TIMEOUT_MS, signal }: OutgoingOptions = {},
): Promise<OutgoingAnswer> {
  const { url, method, headers, body } = outgoing
  const host = hostOf(url)
  if (isIP(host) !== 0 && isForbiddenAddress(host, config)) throw unreachable(url, coded('EFORBIDDEN'))
  const late = AbortSignal.timeout(timeoutMs)
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  let answer: OutgoingAnswer
  try {
    answer = await exchange(outgoing, {
      method,
      headers: { 'User-Agent': 'Vigie', ...headers, ...length },
      lookup: guardedLookup(config),
      signal: signal ? AbortSignal.any([late, signal]) : late,
      agent: false,
    })
  } catch (error) {
    if (late.aborted) {
      const seconds = Math.max(1, Math.round(timeoutMs / 1_000))
      throw new OutgoingError(`${url.host} n’a pas répondu en ${seconds} s.`, true, { cause: error })
    }
    throw unreachable(url, error)
  }
  if (answer.status >= 300 && answer.status < 400) {
    throw new OutgoingError(
      `${url.host} renvoie vers une autre adresse (HTTP ${answer.status}) : Vigie ne la suit pas. Donnez l’adresse finale.`,
      true,
    )
  }
  return answer
}

function unreachable(url: URL, error: unknown): OutgoingError {
  const code = String((error as NodeJS.ErrnoException).code ?? '')
  const reason = REASONS[code] ?? (code || 'erreur réseau')
  return new OutgoingError(`${url.host} ne répond pas (${reason}).`, true, { cause: error })
}
