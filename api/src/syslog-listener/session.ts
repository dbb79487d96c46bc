import {
  createRelpFramer,
  createSyslogFramer,
  FramingFault,
  readSyslog,
  RELP_OFFERS,
  RELP_OPENING,
  RELP_SERVER_CLOSE,
  relpResponse,
  type RelpFrame,
} from '@vigie/collectors'
import type { TLSSocket } from 'node:tls'
import type { Tally } from './tally.ts'
import type { Wire } from './wire.ts'

export interface SessionEvents {
  /** Something was counted: a commit is wanted, and reading may have to wait. */
  readonly counted: (session: Session) => void
  readonly broken: (reason: FramingFault['reason']) => void
  readonly structured: (structured: boolean) => void
  readonly now: () => number
}

type Protocol = 'unknown' | 'syslog' | 'relp'

/** One connection of a known source: bytes in, counts out; with RELP, acknowledged once they are committed. */
export class Session {
  readonly sourceId: string
  /** Unix time (ms) of the last bytes. */
  heardAt: number
  private readonly socket: TLSSocket
  private readonly wire: Wire
  private readonly tally: Tally
  private readonly events: SessionEvents
  private protocol: Protocol = 'unknown'
  private beginning = Buffer.alloc(0)
  private readonly syslog = createSyslogFramer()
  private readonly relp = createRelpFramer()
  private counted: number[] = []
  private committing: number[] = []
  private finishing = false
  /** Counts wait for the database. */
  private waiting = false
  /** The peer does not take what it is answered. */
  private choked = false

  constructor(io: { socket: TLSSocket; wire: Wire; sourceId: string }, tally: Tally, events: SessionEvents) {
    this.sourceId = io.sourceId
    this.socket = io.socket
    this.wire = io.wire
    this.tally = tally
    this.events = events
    this.heardAt = events.now()
    io.socket.on('data', (chunk: Buffer) => this.hear(chunk))
    io.socket.on('end', () => io.socket.destroy())
  }

  /** Bytes held for a frame that is not complete. */
  held(): number {
    return this.syslog.held() + this.relp.held() + this.beginning.length
  }

  pause(): void {
    this.waiting = true
    this.socket.pause()
  }

  resume(): void {
    this.waiting = false
    this.read()
  }

  private read(): void {
    if (this.waiting || this.choked || (this.finishing && this.protocol === 'relp')) return
    if (this.socket.isPaused()) this.heardAt = this.events.now()
    this.socket.resume()
  }

  /** What was counted so far belongs to the commit that begins. */
  seal(): void {
    this.committing.push(...this.counted)
    this.counted = []
  }

  /** The commit succeeded. */
  acknowledge(): void {
    for (const transaction of this.committing) this.say(relpResponse(transaction, '200 OK'))
    this.committing = []
  }

  /**
   * Asks the peer to go elsewhere. Syslog: this side ends, and what was already sent is still read. RELP: nothing more
   * is read; what is not acknowledged will be sent again.
   */
  finish(): void {
    if (this.finishing) return
    this.finishing = true
    if (this.protocol === 'relp') this.socket.pause()
    else this.wire.finish()
  }

  /** Last word of RELP, once everything counted is acknowledged. */
  sayGoodbye(): void {
    if (this.protocol !== 'relp') return
    this.say(RELP_SERVER_CLOSE)
    this.wire.finish()
  }

  /** Whether the peer waits for what was counted to be committed. */
  get waits(): boolean {
    return this.counted.length > 0
  }

  get isRelp(): boolean {
    return this.protocol === 'relp'
  }

  destroy(): void {
    this.socket.destroy()
  }

  private say(bytes: Buffer): void {
    if (!this.socket.writable || this.socket.write(bytes) || this.choked) return
    this.choked = true
    this.socket.pause()
    this.socket.once('drain', () => {
      this.choked = false
      this.read()
    })
  }

  private hear(chunk: Buffer): void {
    this.heardAt = this.events.now()
    try {
      if (this.protocol === 'unknown') this.recognise(chunk)
      else if (this.protocol === 'relp') this.hearRelp(chunk)
      else this.hearSyslog(chunk)
    } catch (error) {
      if (!(error instanceof FramingFault)) throw error
      this.events.broken(error.reason)
      this.destroy()
    }
    this.events.counted(this)
  }

  private recognise(chunk: Buffer): void {
    const beginning = Buffer.concat([this.beginning, chunk])
    const opening = beginning.subarray(0, RELP_OPENING.length).toString('latin1')
    if (RELP_OPENING.startsWith(opening) && opening.length < RELP_OPENING.length) {
      this.beginning = beginning
      return
    }
    this.beginning = Buffer.alloc(0)
    this.protocol = opening === RELP_OPENING ? 'relp' : 'syslog'
    if (this.protocol === 'relp') {
      this.wire.release()
      this.hearRelp(beginning)
    } else this.hearSyslog(beginning)
  }

  private hearSyslog(chunk: Buffer): void {
    for (const frame of this.syslog.push(chunk)) this.count(frame.kind === 'message' ? frame.bytes : null)
  }

  private hearRelp(chunk: Buffer): void {
    for (const frame of this.relp.push(chunk)) this.answer(frame)
  }

  private answer({ transaction, command, bytes }: RelpFrame): void {
    switch (command) {
      case 'open':
        return this.say(relpResponse(transaction, RELP_OFFERS))
      case 'syslog':
        this.count(bytes)
        this.counted.push(transaction)
        return
      case 'close':
        this.say(relpResponse(transaction, '200 OK'))
        this.say(RELP_SERVER_CLOSE)
        return this.wire.finish()
      default:
        return this.say(relpResponse(transaction, '500 unknown command'))
    }
  }

  private count(bytes: Buffer | null): void {
    const message = bytes && readSyslog(bytes)
    this.events.structured(message?.structured ?? false)
    this.tally.add(this.sourceId, message, this.events.now())
  }
}
