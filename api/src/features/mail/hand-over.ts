import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** A recipient that the server refused while it took the message for others. */
export interface RefusedRecipient {
  readonly address: string
  readonly code: number
  readonly answer: string
}

/** What became of one attempt. `unknown` is the only one after which the message may or may not have left. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly refused: readonly RefusedRecipient[] }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'unknown'; readonly error: string }

export interface HandOver {
  /** `smtp://` or `smtps://`. */
  readonly url: string
  readonly from: string
  readonly recipients: readonly string[]
  /** The message as it travels (RFC 5322). */
  readonly raw: Uint8Array
  /**
   * Called once the server agrees to take the message, before its first byte. Throws to give the attempt up: the
   * server then drops what it did not receive whole (RFC 5321, 4.1.1.4).
   */
  readonly beforeContent: () => Promise<void>
  readonly signal?: AbortSignal
}

/** Milliseconds; their sum stays under the time for which a message is taken. */
const TIMEOUTS = {
  dnsTimeout: 15_000,
  connectionTimeout: 30_000,
  greetingTimeout: 30_000,
  socketTimeout: 90_000,
}

const callback =
  (resolve: (value: void) => void, reject: (error: Error) => void) =>
  (error?: Error | null): void => {
    if (error) reject(error)
    else resolve()
  }

/** The content, which waits for `beforeContent` before it gives its first byte. */
function contentOf(raw: Uint8Array, beforeContent: () => Promise<void>, started: () => void): Readable {
  return Readable.from(
    (async function* () {
      await beforeContent()
      started()
      yield Buffer.from(raw)
    })(),
    { objectMode: false },
  )
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
  readonly recipient?: string
}

/** French, for who reads the list of messages; the server's own words are quoted. */
function tell(error: SmtpError): string {
  if (error.responseCode) return `Le serveur de messagerie a refusé : ${(error.response ?? '').slice(0, 300)}`
  if (error.code === 'EAUTH')
    return 'Le serveur de messagerie refuse l’identifiant ou le mot de passe de Vigie.'
  return `Le serveur de messagerie ne répond pas comme attendu (${error.code ?? error.name}).`
}

async function setUp(connection: SMTPConnection, url: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.connect(callback(resolve, reject))
  })
  const { auth } = parseConnectionUrl(url)
  if (!auth?.user) return
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.login(
      { credentials: { user: auth.user ?? '', pass: auth.pass ?? '' } },
      callback(resolve, reject),
    )
  })
}

/** Gives one message to the server. Never throws. */
export async function handOver(message: HandOver): Promise<Outcome> {
  const { auth: _, ...options } = parseConnectionUrl(message.url)
  const connection = new SMTPConnection({ ...TIMEOUTS, ...options, logger: false })
  const give = () => connection.close()
  message.signal?.addEventListener('abort', give, { once: true })
  let started = false
  try {
    await setUp(connection, message.url)
    const sent = await send(connection, message, () => {
      started = true
    })
    return { kind: 'accepted', refused: sent }
  } catch (error) {
    const failure = error as SmtpError
    const answered = failure.responseCode !== undefined && failure.responseCode >= 400
    return started && !answered
      ? {
          kind: 'unknown',
          error: 'La liaison s’est rompue après la remise du message : il est peut-être parti.',
        }
      : { kind: 'refused', error: tell(failure) }
  } finally {
    message.signal?.removeEventListener('abort', give)
    connection.removeAllListeners('error')
    connection.on('error', () => {})
    connection.close()
  }
}

function send(
  connection: SMTPConnection,
  { from, recipients, raw, beforeContent }: HandOver,
  started: () => void,
): Promise<readonly RefusedRecipient[]> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => reject(new Error('connection ended')))
    const content = contentOf(raw, beforeContent, started)
    connection.send({ from, to: [...recipients] }, content, (error, info) => {
      if (error) reject(error)
      else resolve(((info.rejectedErrors ?? []) as SmtpError[]).map(refusedOf))
    })
  })
}

const refusedOf = (error: SmtpError): RefusedRecipient => ({
  address: error.recipient ?? '',
  code: error.responseCode ?? 0,
  answer: (error.response ?? error.message).slice(0, 300),
})
