import type { Deps } from '../../context.ts'
import { firstSecond, firstSlot, type Board } from './board.ts'
import { readSeconds, readSlots } from './read-cells.ts'
import type { Scope } from './scope.ts'

/** Newest second that is over: processes have counted it whole. */
export const lastSecond = (deps: Deps): number => Math.floor(deps.clock.now().getTime() / 1_000) - 1

/** Reads the last hour of a scope. */
export async function loadBoard(deps: Deps, scope: Scope): Promise<Board> {
  const last = lastSecond(deps)
  return {
    seconds: await readSeconds(deps, scope, firstSecond(last), last),
    slots: await readSlots(deps, scope, firstSlot(last), last),
    last,
  }
}
