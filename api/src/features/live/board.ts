import {
  isoAt,
  SECONDS,
  seriesOf,
  SLOT,
  slotOf,
  SLOTS,
  sumCells,
  windowsOf,
  type Cell,
  type Cells,
} from './cells.ts'
import type { Frame, Traffic } from './schema.ts'

/** Seconds read again each time: what a process writes late still counts. */
export const LATE_SECONDS = 12

/** The last hour of traffic of one scope, kept up to date by what each second brings. */
export interface Board {
  readonly seconds: Map<number, Cell>
  readonly slots: Map<number, Cell>
  /** Newest second that is over. */
  last: number
}

type Picture = Pick<Traffic, 'asOf' | 'seconds' | 'hour' | 'windows'>

/** First second and first slot that a picture ending at `last` shows. */
export const firstSecond = (last: number): number => last - SECONDS + 1
export const firstSlot = (last: number): number => slotOf(last) - (SLOTS - 1) * SLOT

/** Takes the seconds from `from` to `last` as they stand now, and forgets what is older than an hour. */
export function bringUp(board: Board, read: Cells, from: number, last: number): void {
  for (let second = from; second <= last; second += 1) {
    const cell = read.get(second)
    if (cell) board.seconds.set(second, cell)
    else board.seconds.delete(second)
  }
  for (let slot = slotOf(from); slot <= last; slot += SLOT) {
    // A slot whose beginning is no longer known second by second keeps what the database added up.
    if (slot < firstSecond(board.last)) continue
    const cells = Array.from({ length: SLOT }, (_, rank) => board.seconds.get(slot + rank))
    const known = cells.filter((cell) => cell !== undefined)
    if (known.length > 0) board.slots.set(slot, sumCells(known))
    else board.slots.delete(slot)
  }
  board.last = last
  for (const second of board.seconds.keys()) if (second < firstSecond(last)) board.seconds.delete(second)
  for (const slot of board.slots.keys()) if (slot < firstSlot(last)) board.slots.delete(slot)
}

/** The whole picture at the newest second. */
export function pictureOf({ seconds, slots, last }: Board): Picture {
  return {
    asOf: isoAt(last + 1),
    seconds: seriesOf(seconds, firstSecond(last), SECONDS, 1),
    hour: seriesOf(slots, firstSlot(last), SLOTS, SLOT),
    windows: windowsOf(seconds, slots, last),
  }
}

/** What changed since the second `since`: its series hold that and what may have been written late. */
export function frameOf({ seconds, slots, last }: Board, since: number): Frame {
  const from = Math.max(firstSecond(last), Math.min(since + 1, last - LATE_SECONDS + 1))
  const slot = slotOf(from)
  return {
    asOf: isoAt(last + 1),
    seconds: seriesOf(seconds, from, last - from + 1, 1),
    hour: seriesOf(slots, slot, (slotOf(last) - slot) / SLOT + 1, SLOT),
    windows: windowsOf(seconds, slots, last),
  }
}
