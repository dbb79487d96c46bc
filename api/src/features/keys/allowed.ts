import {
  IN_HAND,
  KEY_LIFE,
  KEY_TRANSITION_WORDING,
  openTransitions,
  PRECONDITION_LABELS,
  type KeyTransition,
} from '@vigie/rules'
import type { Actor } from '../../access/actor.ts'
import { keyActors } from './key-actors.ts'
import type { HolderRow, KeyRow } from './key-row.ts'
import type { AllowedTransition } from './schema.ts'

const THROUGH: Partial<Record<KeyTransition, AllowedTransition['through']>> = {
  bind: 'bindings',
  hand_over: 'hand-over',
  activate: 'hand-over',
  take_back: 'restitution',
}

/** What this caller may do to this key now, each with its consequence and what it asks for. */
export function allowedTransitions(actor: Actor, key: KeyRow, holder: HolderRow | null): AllowedTransition[] {
  const actors = keyActors(actor, key, holder)
  const open = openTransitions(key.state, actors).filter(
    (transition) => key.kind === 'hardware' || !IN_HAND.includes(transition),
  )
  return open.map((transition) => ({
    transition,
    ...KEY_TRANSITION_WORDING[transition],
    needs: KEY_LIFE[transition].needs.map((need) => ({ need, label: PRECONDITION_LABELS[need] })),
    through: THROUGH[transition] ?? 'transitions',
  }))
}
