import { factsOf, placeOf, type SyslogMessage, type SyslogPlace } from '@vigie/collectors'

/** What is counted of messages; nothing else of them is kept. */
export interface Counts {
  received: number
  structured: number
  loginAccepted: number
  loginRefused: number
  mailSent: number
  mailAuthored: number
}

export interface TalliedMessage {
  readonly sequence: number
  /** Hour in which it counts (Unix time, ms). */
  readonly hour: number
  readonly counts: Counts
}

export interface EmitterBatch {
  readonly fromOne: boolean
  readonly began: number | null
  readonly messages: TalliedMessage[]
}

/** What one source sent since the last commit. */
export interface SourceBatch {
  readonly hours: Map<number, Counts>
  readonly emitters: Map<string, EmitterBatch>
}

export interface Batch {
  readonly sources: Map<string, SourceBatch>
  messages: number
}

export const noCounts = (): Counts => ({
  ...{ received: 0, structured: 0, loginAccepted: 0, loginRefused: 0 },
  ...{ mailSent: 0, mailAuthored: 0 },
})

export function addCounts(to: Counts, more: Counts): void {
  to.received += more.received
  to.structured += more.structured
  to.loginAccepted += more.loginAccepted
  to.loginRefused += more.loginRefused
  to.mailSent += more.mailSent
  to.mailAuthored += more.mailAuthored
}

const HOUR_MS = 3_600_000
/** A message that waited in the queue of its machine counts in its own hour. */
const LATEST_MS = 8 * 24 * HOUR_MS
const AHEAD_MS = HOUR_MS / 6

/** Emitters of one source whose sequence is followed, in one batch: each costs a row. */
const EMITTERS_FOLLOWED = 64

const hourOf = (at: number): number => at - (at % HOUR_MS)

function momentOf(message: SyslogMessage | null, now: number): number {
  const at = message?.at?.getTime() ?? now
  return at > now - LATEST_MS && at < now + AHEAD_MS ? at : now
}

const countsOf = (message: SyslogMessage | null): Counts => {
  const facts = message && factsOf(message)
  return {
    received: 1,
    structured: message?.structured ? 1 : 0,
    loginAccepted: facts?.login === 'accepted' ? 1 : 0,
    loginRefused: facts?.login === 'refused' ? 1 : 0,
    mailSent: facts?.mail ? 1 : 0,
    mailAuthored: facts?.mail === 'authored' ? 1 : 0,
  }
}

/** Counts waiting to be committed. */
export class Tally {
  private batch: Batch = { sources: new Map(), messages: 0 }

  get messages(): number {
    return this.batch.messages
  }

  /** In: the source, a message (null: one too long to be read), now (Unix time, ms). */
  add(sourceId: string, message: SyslogMessage | null, now: number): void {
    this.batch.messages += 1
    const source = this.sourceOf(sourceId)
    const hour = hourOf(momentOf(message, now))
    const counts = countsOf(message)
    const place = message && placeOf(message)
    const emitter = place && this.emitterOf(source, place)
    if (place && emitter) emitter.messages.push({ sequence: place.sequence, hour, counts })
    else addCounts(hourCounts(source.hours, hour), counts)
  }

  /** Out: what was counted since the last time; counting begins again from nothing. */
  take(): Batch {
    const taken = this.batch
    this.batch = { sources: new Map(), messages: 0 }
    return taken
  }

  private sourceOf(id: string): SourceBatch {
    const known = this.batch.sources.get(id)
    if (known) return known
    const created: SourceBatch = { hours: new Map(), emitters: new Map() }
    this.batch.sources.set(id, created)
    return created
  }

  private emitterOf(source: SourceBatch, { emitter, fromOne, began }: SyslogPlace): EmitterBatch | null {
    const known = source.emitters.get(emitter)
    if (known) return known
    if (source.emitters.size >= EMITTERS_FOLLOWED) return null
    const created: EmitterBatch = { fromOne, began, messages: [] }
    source.emitters.set(emitter, created)
    return created
  }
}

/** Counts of an hour, created when there are none. */
export function hourCounts(hours: Map<number, Counts>, hour: number): Counts {
  const known = hours.get(hour)
  if (known) return known
  const created = noCounts()
  hours.set(hour, created)
  return created
}
