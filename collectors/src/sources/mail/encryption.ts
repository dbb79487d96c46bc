import type { Socket } from 'node:net'
import { networkReason } from '../network-reason.ts'
import { certificateOf } from '../peer-certificate.ts'
import { openSocket, openTls, secureOptions } from '../socket.ts'
import { dialogueOver, type Dialogue } from './dialogue.ts'

/** What a mail service shows: encrypted to the right name; not, and why; or that it could not be told. */
export type Encryption =
  | { readonly kind: 'encrypted'; readonly host: string }
  | { readonly kind: 'bare'; readonly host: string; readonly why: string }
  | { readonly kind: 'silent'; readonly host: string; readonly why: string }

export interface Service {
  /** Name that its certificate must bear. */
  readonly host: string
  readonly address: string
  readonly port: number
  /** Encrypted from the first byte, else on demand. */
  readonly direct: boolean
  readonly speech: Speech
}

/** How a protocol greets, and is asked to encrypt. Out: null when all is well, else why it is not, in French. */
export interface Speech {
  greet(dialogue: Dialogue): Promise<string | null>
  startTls(dialogue: Dialogue): Promise<string | null>
  /** What must be true once encrypted, when the service was asked to. */
  settle(dialogue: Dialogue): Promise<string | null>
  readonly goodbye: string
}

/** Opens one service, encrypts and leaves: no account is named, no message is sent. */
export async function readEncryption(
  service: Service,
  ca: string | undefined,
  now: Date,
  signal: AbortSignal,
): Promise<Encryption> {
  const { host } = service
  const sockets: Socket[] = []
  try {
    const why = await converse(service, ca, now, signal, sockets)
    return why === null ? { kind: 'encrypted', host } : { kind: 'bare', host, why }
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
    const why = signal.aborted ? 'délai dépassé' : networkReason(error)
    return { kind: refused ? 'bare' : 'silent', host, why }
  } finally {
    // The encrypted one first: it still writes through the other.
    for (const socket of sockets.toReversed()) socket.destroy()
  }
}

async function converse(
  { host, address, port, direct, speech }: Service,
  ca: string | undefined,
  now: Date,
  signal: AbortSignal,
  sockets: Socket[],
): Promise<string | null> {
  const plain = await openSocket(address, port, signal)
  sockets.push(plain)
  if (!direct) {
    const dialogue = dialogueOver(plain, signal)
    const refused = (await speech.greet(dialogue)) ?? (await speech.startTls(dialogue))
    if (refused !== null) {
      dialogue.say(speech.goodbye)
      return refused
    }
    const injected = dialogue.pending > 0
    dialogue.release()
    if (injected) return 'réponses glissées avant le chiffrement'
  }
  const options = secureOptions(host, ca === undefined ? {} : { ca }, false)
  const peer = await openTls(plain, options, signal).catch((error: unknown) => {
    if (signal.aborted) throw error
    return null
  })
  if (!peer) return 'chiffrement refusé'
  sockets.push(peer)
  const dialogue = dialogueOver(peer, signal)
  const unsettled = (direct ? await speech.greet(dialogue) : null) ?? (await speech.settle(dialogue))
  dialogue.say(speech.goodbye)
  return certificateOf(peer, now).fault ?? unsettled
}
