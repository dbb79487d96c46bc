import type { Deps } from '../../context.ts'
import { bringUp, firstSecond, frameOf, LATE_SECONDS, pictureOf, type Board } from './board.ts'
import { SECONDS } from './cells.ts'
import { encodeEvent } from './event-stream.ts'
import { lastSecond, loadBoard } from './load-board.ts'
import { readSeconds } from './read-cells.ts'
import { readSurroundings } from './read-surroundings.ts'
import { namesOf } from './read-traffic.ts'
import type { Surroundings } from './schema.ts'
import type { Scope } from './scope.ts'

/** Seconds between two readings of what stands around the traffic. */
const SURROUNDINGS_EVERY = 5
/** A reader that was away longer gets the whole picture again. */
const RESUMED_SECONDS = 120

/** What one scope is told, read once for all its streams. */
export interface Feed {
  /** Reads what is new. Out: the frame to send to every stream. Errors: the database's own. */
  advance(): Promise<Uint8Array>
  /** What a reader that comes, or comes back after the event `lastEventId`, must hear first. */
  greeting(lastEventId: number | null): Promise<Uint8Array>
}

export function openFeed(deps: Deps, scope: Scope): Feed {
  let board: Board | null = null
  let surroundings: Surroundings | null = null
  let readAt = -Infinity
  let whole: Uint8Array | null = null
  let loading: Promise<void> | null = null

  const bringSurroundings = async (last: number) => {
    if (surroundings && last - readAt < SURROUNDINGS_EVERY) return null
    surroundings = await readSurroundings(deps, scope)
    readAt = last
    return surroundings
  }
  const load = async () => {
    board = await loadBoard(deps, scope)
    await bringSurroundings(board.last)
    whole = null
  }
  const ready = async (): Promise<Board> => {
    if (!board) await (loading ??= load().finally(() => (loading = null)))
    if (!board) throw new Error('the board was not loaded')
    return board
  }
  const advanceTo = async (current: Board, last: number) => {
    const from = Math.max(firstSecond(last), Math.min(current.last + 1, last - LATE_SECONDS + 1))
    bringUp(current, await readSeconds(deps, scope, from, last), from, last)
  }
  return {
    advance: async () => {
      const current = await ready()
      const last = lastSecond(deps)
      const since = current.last
      if (last - since > SECONDS - LATE_SECONDS) {
        board = await loadBoard(deps, scope)
      } else if (last > since) await advanceTo(current, last)
      whole = null
      const now = await ready()
      const renewed = await bringSurroundings(now.last)
      return encodeEvent('frame', { ...frameOf(now, since), ...(renewed ? { surroundings } : {}) }, now.last)
    },
    greeting: async (lastEventId) => {
      const current = await ready()
      if (
        lastEventId !== null &&
        lastEventId <= current.last &&
        current.last - lastEventId <= RESUMED_SECONDS
      )
        return encodeEvent('frame', { ...frameOf(current, lastEventId), surroundings }, current.last)
      whole ??= encodeEvent(
        'traffic',
        { ...pictureOf(current), academies: namesOf(scope.academies), surroundings },
        current.last,
      )
      return whole
    },
  }
}
