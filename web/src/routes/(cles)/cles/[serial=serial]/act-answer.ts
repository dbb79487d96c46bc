import type { HolderList } from '#lib/components/keys/key-view.ts'

/** What the page answers to an act: its problem, and what was typed. */
export interface ActAnswer {
  /** The act in question; absent when nothing failed. */
  readonly act?: string
  readonly detail?: string
  readonly reason?: string
  readonly q?: string
  readonly representative?: string
  readonly candidates?: HolderList
}
