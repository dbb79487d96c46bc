import {
  definitionOf,
  isEvidenceKey,
  parseUai,
  refusalOfUai,
  refusalOfValue,
  type EvidenceValue,
} from '@vigie/rules'
import type { InputFault } from '../../errors.ts'
import { closestKeys } from './closest-keys.ts'
import type { EtablissementObservation } from './record-evidence.ts'

/** Clocks of the systems observed may be ahead by this much. */
const AHEAD_MS = 5 * 60_000
const OLDEST_MS = 400 * 86_400_000
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

export interface CheckedObservations {
  /** In the order of the input; holes where an observation is refused. */
  readonly observations: readonly (EtablissementObservation | undefined)[]
  readonly faults: readonly InputFault[]
}

/**
 * In: what a caller sent as observations, and now. Out: the observations, and every fault with its JSON pointer and the
 * remedy in French.
 */
export function checkObservations(input: readonly unknown[], now: Date): CheckedObservations {
  const faults: InputFault[] = []
  const observations = input.map((item, position) => {
    const fault = (field: string, detail: string) => {
      faults.push({ pointer: `/observations/${position}${field}`, detail })
      return undefined
    }
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      return fault('', 'attendu : un objet { uai, key, value, observedAt }')
    }
    const { uai, key, value, observedAt } = item as Record<string, unknown>
    const knownUai = typeof uai === 'string' ? parseUai(uai) : null
    if (knownUai === null) fault('/uai', refusalOfUai(typeof uai === 'string' ? uai : ''))
    const instant = checkInstant(observedAt, now, (detail) => fault('/observedAt', detail))
    if (typeof key !== 'string' || !isEvidenceKey(key)) {
      return fault('/key', refusalOfKey(key))
    }
    if (definitionOf(key).privacy === 'personal') {
      return fault('/key', `« ${key} » désigne une personne : elle ne se reçoit pas de l’extérieur`)
    }
    const refusal = refusalOfValue(key, value)
    if (refusal !== null) return fault('/value', refusal)
    if (knownUai === null || instant === undefined) return undefined
    return { uai: knownUai, key, value: value as EvidenceValue, observedAt: instant }
  })
  return { observations, faults }
}

function refusalOfKey(key: unknown): string {
  if (typeof key !== 'string') return 'attendu : une clé de preuve'
  const near = closestKeys(key)
  const shown = key.slice(0, 80)
  return near.length > 0
    ? `« ${shown} » n’est pas une clé de preuve ; les plus proches : ${near.join(', ')}`
    : `« ${shown} » n’est pas une clé de preuve ; la liste est dans docs/exploitation/preuves.md`
}

function checkInstant(value: unknown, now: Date, refuse: (detail: string) => undefined): Date | undefined {
  if (typeof value !== 'string' || !INSTANT.test(value) || Number.isNaN(Date.parse(value))) {
    return refuse('attendu : une date et une heure avec leur fuseau, par exemple 2026-11-16T08:00:00Z')
  }
  const instant = new Date(value)
  if (instant.getTime() > now.getTime() + AHEAD_MS) {
    return refuse('cette date est dans le futur : réglez l’horloge du système qui observe')
  }
  if (instant.getTime() < now.getTime() - OLDEST_MS) {
    return refuse('cette observation a plus de 400 jours : elle ne prouve plus rien')
  }
  return instant
}
