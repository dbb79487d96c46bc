import type { PlannedEtablissement } from './etablissements.ts'
import { PROFILES } from './profiles.ts'
import { chanceOf, pick, wholeOf } from './sequence.ts'

/** One machine of an establishment; what it is never changes, its health follows the establishment's quality. */
export interface PlannedMachine {
  readonly uai: string
  readonly name: string
  readonly uuid: string
  readonly serial: string
  readonly kind: 'server' | 'windows' | 'linux'
  readonly laptop: boolean
  readonly manufacturer: string
  readonly model: string
  readonly biosDate: string
  /** Fixed luck of the machine, compared with the establishment's quality. */
  readonly luck: number
  /** Used by the administration. */
  readonly administrative: boolean
}

const MODELS: readonly (readonly [maker: string, desktop: string, laptop: string])[] = [
  ['Dell Inc.', 'OptiPlex 7010', 'Latitude 5440'],
  ['HP', 'HP ProDesk 400 G9', 'HP ProBook 450 G10'],
  ['LENOVO', 'ThinkCentre M70q', 'ThinkPad L14 Gen 4'],
  ['Acer', 'Veriton X4690G', 'TravelMate P2'],
]

const hex = (length: number, ...parts: (string | number)[]) =>
  Array.from({ length }, (_, at) => wholeOf(0, 15, ...parts, at).toString(16)).join('')

function uuidOf(uai: string, index: number): string {
  const digits = hex(32, uai, index, 'uuid')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`
}

function machineOf(item: PlannedEtablissement, index: number): PlannedMachine {
  const { uai } = item
  const server = index === 0 && item.circonscription === null
  const laptop = !server && chanceOf(uai, index, 'laptop') < 0.35
  const [manufacturer, desktop, portable] = pick(MODELS, uai, Math.floor(index / 4), 'maker')
  const prefix = server ? 'SRV' : laptop ? 'PORT' : 'PC'
  return {
    uai,
    name: `${prefix}-${uai.slice(1, 7)}-${String(index + 1).padStart(2, '0')}`,
    uuid: uuidOf(uai, index),
    serial: `DEMO${hex(8, uai, index, 'serial').toUpperCase()}`,
    kind: server ? 'server' : chanceOf(uai, index, 'system') < 0.15 ? 'linux' : 'windows',
    laptop,
    manufacturer,
    model: server ? 'PowerEdge T150' : laptop ? portable : desktop,
    biosDate: `${wholeOf(2015, 2025, uai, index, 'year')}-${String(wholeOf(1, 12, uai, index, 'month')).padStart(2, '0')}-15`,
    luck: chanceOf(uai, index, 'luck'),
    administrative: !server && index === 1,
  }
}

/** Machines that run an inventory agent; none where the profile has none. */
export function machinesOf(item: PlannedEtablissement): readonly PlannedMachine[] {
  const [least, most] = PROFILES[item.profile].machines
  if (most === 0 || item.closedOn !== null) return []
  return Array.from({ length: wholeOf(least, most, item.uai, 'machines') }, (_, index) =>
    machineOf(item, index),
  )
}

export const workstationsOf = (item: PlannedEtablissement): number =>
  machinesOf(item).filter(({ kind }) => kind !== 'server').length
