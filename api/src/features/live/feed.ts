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

/** What was read, whole: nothing is told of a part. */
interface Known {
  board: Board
  surroundings: Surroundings
  /** Second at which the surroundings were read. */
  readAt: number
}

export function openFeed(deps: Deps, scope: Scope): Feed {
  let known: Known | null = null
  let whole: Uint8Array | null = null
  let loading: Promise<Known> | null = null

  const load = async (): Promise<Known> => {
    const board = await loadBoard(deps, scope)
    known = { board, surroundings: await readSurroundings(deps, scope), readAt: board.last }
    return known
  }
  const ready = async (): Promise<Known> => known ?? (loading ??= load().finally(() => (loading = null)))
  const advanceTo = async (board: Board, last: number) => {
    const from = Math.max(firstSecond(last), Math.min(board.last + 1, last - LATE_SECONDS + 1))
    bringUp(board, await readSeconds(deps, scope, from, last), from, last)
  }
  const renewSurroundings = async (current: Known): Promise<Surroundings | null> => {
    if (current.board.last - current.readAt < SURROUNDINGS_EVERY) return null
    current.surroundings = await readSurroundings(deps, scope)
    current.readAt = current.board.last
    return current.surroundings
  }
  return {
    advance: async () => {
      const current = await ready()
      const last = lastSecond(deps)
      const since = current.board.last
      if (last - since > SECONDS - LATE_SECONDS) {
        current.board = await loadBoard(deps, scope)
      } else if (last > since) await advanceTo(current.board, last)
      whole = null
      const renewed = await renewSurroundings(current)
      const { board } = current
      return encodeEvent(
        'frame',
        { ...frameOf(board, since), ...(renewed ? { surroundings: renewed } : {}) },
        board.last,
      )
    },
    greeting: async (lastEventId) => {
      const { board, surroundings } = await ready()
      if (lastEventId !== null && lastEventId <= board.last && board.last - lastEventId <= RESUMED_SECONDS)
        return encodeEvent('frame', { ...frameOf(board, lastEventId), surroundings }, board.last)
      whole ??= encodeEvent(
        'traffic',
        { ...pictureOf(board), academies: namesOf(scope.academies), surroundings },
        board.last,
      )
      return whole
    },
  }
}
