import { FAMILY_OF } from './key-states.ts'
import type { HistoryEntry, KeyState } from './key-view.ts'

/** The straight road of a key; every other state is a step aside. */
export type Stage = 'stock' | 'initialised' | 'handed_over' | 'active' | 'end'

export const STAGES: readonly Stage[] = ['stock', 'initialised', 'handed_over', 'active', 'end']

export interface StageView {
  readonly stage: Stage
  /** State whose sign and word stand there. */
  readonly state: KeyState
  /** When the key came there in this life, ISO 8601; null when it has not. */
  readonly at: string | null
  readonly current: boolean
  /** Steps aside that left the road here: paused, locked, lost, revoked… newest first. */
  readonly aside: readonly { readonly state: KeyState; readonly at: string; readonly current: boolean }[]
}

interface Life {
  readonly state: KeyState
  readonly stateSince: string
  readonly importedAt: string
  /** Newest first. */
  readonly history: readonly Pick<HistoryEntry, 'at' | 'from' | 'to'>[]
}

const stageOf = (state: KeyState): Stage | null => {
  if (state === 'returned' || state === 'scrapped') return 'end'
  return STAGES.find((stage) => stage === state) ?? null
}

/**
 * In: a key's state and history. Out: its road since it was last put in stock: the stages reached with their dates, the
 * one where it stands, and the steps aside.
 */
export function lifeLine({ state, stateSince, importedAt, history }: Life): readonly StageView[] {
  const moves = history.filter(({ from, to }) => from !== to)
  const restocked = moves.findIndex(({ to }) => to === 'stock')
  const since = (restocked < 0 ? moves : moves.slice(0, restocked)).toReversed()
  const reached = new Map<Stage, string>([
    ['stock', restocked < 0 ? importedAt : (moves[restocked]?.at ?? importedAt)],
  ])
  const aside = new Map<Stage, { state: KeyState; at: string }[]>()
  let last: Stage = 'stock'
  for (const { to, at } of since) {
    const stage = stageOf(to)
    if (stage === null) aside.set(last, [{ state: to, at }, ...(aside.get(last) ?? [])])
    else {
      if (stage === 'initialised') reached.delete('handed_over')
      if (stage !== 'active' || !reached.has('active')) reached.set(stage, at)
      last = stage
    }
  }
  const here = stageOf(state)
  return STAGES.map((stage) => ({
    stage,
    state: stage === 'end' ? (here === 'end' ? state : 'returned') : stage,
    at: reached.get(stage) ?? null,
    current: here === stage,
    aside: (aside.get(stage) ?? []).slice(0, 3).map((step) => ({
      ...step,
      current: step.state === state && step.at === stateSince,
    })),
  }))
}

/** In: a state. Out: whether a key in it opens nothing for good. */
export const isOver = (state: KeyState): boolean => FAMILY_OF[state] === 'lost' || FAMILY_OF[state] === 'out'
