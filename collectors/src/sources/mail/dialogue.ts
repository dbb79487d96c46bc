import type { Socket } from 'node:net'

/** Bytes of one dialogue that are listened to: these servers say a few lines. */
const LIMIT = 65_536

/** Lines of a server that speaks by lines, asked for one at a time. */
export interface Dialogue {
  /** Next line, without its end. Errors: those of the socket, or that it was closed. */
  line(): Promise<string>
  say(text: string): void
  /** Bytes already received beyond the last line: none may stand when encryption starts (RFC 3207, 5). */
  readonly pending: number
  /** Gives the socket back. */
  release(): void
}

/** In: an open socket, and what ends the exchange. */
export function dialogueOver(socket: Socket, signal: AbortSignal): Dialogue {
  let received = Buffer.alloc(0)
  let heard = 0
  let ended: Error | null = null
  let wake = () => {}
  const onData = (chunk: Buffer) => {
    heard += chunk.length
    if (heard > LIMIT) {
      received = Buffer.alloc(0)
      socket.pause()
      ended = Object.assign(new Error('the server says too much'), { code: 'trop de réponses' })
    } else received = Buffer.concat([received, chunk])
    wake()
  }
  const end = (error: Error) => {
    ended ??= error
    wake()
  }
  const onError = (error: Error) => end(error)
  const onEnd = () => end(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
  const onAbort = () => end(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }))
  socket.on('data', onData)
  socket.on('error', onError)
  socket.on('close', onEnd)
  signal.addEventListener('abort', onAbort, { once: true })
  return {
    line: async () => {
      for (;;) {
        const at = received.indexOf('\n')
        if (at !== -1) {
          const text = received.subarray(0, at).toString('latin1').replace(/\r$/, '')
          received = received.subarray(at + 1)
          return text
        }
        if (signal.aborted) onAbort()
        if (ended) throw ended
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    say: (text) => void socket.write(`${text}\r\n`),
    get pending() {
      return received.length
    },
    release: () => {
      socket.removeListener('data', onData)
      socket.removeListener('error', onError)
      socket.removeListener('close', onEnd)
      signal.removeEventListener('abort', onAbort)
    },
  }
}
