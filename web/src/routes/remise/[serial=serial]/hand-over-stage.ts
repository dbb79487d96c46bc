import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

export type HandOver = InferResponseType<Client['v1']['keys'][':serial']['hand-over']['$get'], 200>

/** What the desk shows: one act at a time. */
export type Stage = 'identity' | 'key' | 'slip' | 'pin' | 'code' | 'resynchronisation' | 'done'

export const STEP_NAMES = ['Identité', 'Clé', 'Bordereau', 'Code PIN', 'Premier code'] as const

const ASKED: Readonly<Record<string, Stage>> = {
  bordereau: 'slip',
  pin: 'pin',
  code: 'code',
  resynchronisation: 'resynchronisation',
}

/**
 * In: where the hand-over stands, the step asked by the address, whether the identity has just been checked. Out: what to
 * show; a step that is not yet open gives way to the first one left to do.
 */
export function stageOf({ state, steps }: HandOver, asked: string | null, identityChecked: boolean): Stage {
  if (state === 'initialised') return identityChecked ? 'key' : 'identity'
  if (state !== 'handed_over') return 'done'
  const wanted = ASKED[asked ?? '']
  const pinChosen = steps.some(({ step, done }) => step === 'pin' && done)
  if (pinChosen) return wanted ?? 'code'
  return wanted === 'pin' ? 'pin' : 'slip'
}

/** In: what is shown. Out: its rank in the bar of steps. */
export function rankOf(stage: Stage): number {
  if (stage === 'resynchronisation') return 4
  return (['identity', 'key', 'slip', 'pin', 'code', 'done'] as const).indexOf(stage)
}

/** In: two serials, typed or scanned. Out: whether they name one key. */
export const sameSerial = (read: string, prepared: string): boolean =>
  read.replaceAll(/\s/g, '').toLowerCase() === prepared.toLowerCase()
