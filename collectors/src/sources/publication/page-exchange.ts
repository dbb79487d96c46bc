import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'

/** What an address answered, its text cut at the bound. */
export type PageAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** Empty when there is none. */
      readonly location: string
      readonly authenticate: string
      readonly text: string
    }
  /** `certificate`: the site answered, with a certificate that a browser refuses. */
  | { readonly kind: 'silent'; readonly reason: 'certificate' | 'network'; readonly code: string }

const MAX_TEXT = 262_144
const MAX_HEADERS = 32_768
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/

/**
 * One GET, without a cookie nor an account, as anyone passing by. Redirects are not followed; at most 256 KiB are read. In: PEM
 * authorities of the school's own sites, if any.
 */
export function askPage(url: URL, ca: string | undefined, signal: AbortSignal): Promise<PageAnswer> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = {
      accept: 'text/html',
      'accept-encoding': 'identity',
      'user-agent': 'Vigie (sonde de publication)',
    }
    const outgoing = send(
      url,
      { headers, signal, agent: false, maxHeaderSize: MAX_HEADERS, ...(ca === undefined ? {} : { ca }) },
      (incoming) => {
        readText(incoming).then(
          (text) => {
            resolve({
              kind: 'answered',
              status: incoming.statusCode ?? 0,
              location: incoming.headers.location ?? '',
              authenticate: incoming.headers['www-authenticate'] ?? '',
              text,
            })
            incoming.destroy()
          },
          (error: NodeJS.ErrnoException) =>
            resolve({ kind: 'silent', reason: 'network', code: error.code ?? '' }),
        )
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const code = signal.aborted ? 'ETIMEDOUT' : (error.code ?? '')
      resolve({ kind: 'silent', reason: CERTIFICATE.test(code) ? 'certificate' : 'network', code })
    })
    outgoing.end()
  })
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    parts.push(chunk)
    size += chunk.length
    if (size >= MAX_TEXT) break
  }
  return Buffer.concat(parts).subarray(0, MAX_TEXT).toString('utf8')
}
