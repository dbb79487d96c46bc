import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/**
 * The bytes under TLS. Syslog clients learn that a connection is over by peeking at its socket: a ticket of TLS 1.3 or a
 * closing alert left there hides the end from them, and what they write afterwards is lost. This side therefore says
 * nothing after the handshake, unless a protocol that answers (RELP) asks for it, and ends by the bare end of TCP.
 */
export class Wire extends Duplex {
  private readonly raw: Socket
  private held: Buffer[] | null = null

  constructor(raw: Socket) {
    super({ allowHalfOpen: true })
    this.raw = raw
    raw.on('data', (chunk) => {
      if (!this.push(chunk)) raw.pause()
    })
    raw.on('end', () => this.push(null))
    raw.on('error', (error) => this.destroy(error))
    raw.on('close', () => this.destroy())
  }

  /** From now on holds what TLS would say, until `release`. */
  hold(): void {
    this.held ??= []
  }

  /** Says what was held, and holds nothing more. */
  release(): void {
    for (const chunk of this.held ?? []) this.raw.write(chunk)
    this.held = null
  }

  /** Ends this side, without a word; what the peer still sends is read. */
  finish(): void {
    this.raw.end()
  }

  override _read(): void {
    this.raw.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.held) {
      this.held = this.held.length < HELD_CHUNKS ? [...this.held, chunk] : this.held
      done()
    } else this.raw.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.raw.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.raw.destroy()
    done(error)
  }
}

/** Two tickets make one or two chunks. */
const HELD_CHUNKS = 8
