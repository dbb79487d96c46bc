import { definitionOf, type EvidenceValue } from '@vigie/rules'
import type { PlannedEtablissement } from './etablissements.ts'
import { OBSERVABLE } from './evidence-values.ts'
import type { ObservableKey, SourceId } from './observable.ts'
import { workstationsOf } from './machines.ts'
import { PROFILES } from './profiles.ts'
import { chanceOf, wholeOf } from './sequence.ts'
import { EARLIEST_DAYS, type Step } from './steps.ts'

export interface PlannedObservation {
  readonly uai: string
  readonly key: string
  readonly value: EvidenceValue
  readonly observedAt: string
}

/** Keys that stay fresh longer than this are observed once a month only. */
const SLOW_HOURS = 10 * 24

/** Whether the collectors of an establishment still report at that step. */
export const isReporting = (item: PlannedEtablissement, step: Step): boolean => {
  const { coverage, silentSince } = PROFILES[item.profile]
  return item.closedOn === null && coverage > 0 && (silentSince === null || step.daysAgo > silentSince)
}

/** Chance that an observation is good at that step: moves evenly from the start of the story to today. */
export function qualityAt(item: PlannedEtablissement, step: Step): number {
  const { qualityThen, qualityNow } = PROFILES[item.profile]
  return qualityNow + (qualityThen - qualityNow) * (step.daysAgo / EARLIEST_DAYS)
}

function valueOf(
  item: PlannedEtablissement,
  machines: number,
  observable: ObservableKey,
  step: Step,
): EvidenceValue {
  const luck = chanceOf(item.uai, observable.key)
  const quality = qualityAt(item, step)
  if (luck < quality) return observable.good(machines)
  return luck < quality + 0.15 ? observable.fair(machines) : observable.bad(machines)
}

/** A system that reports on a topic reports on the whole of it. */
const topicOf = (key: string): string => key.slice(0, key.indexOf('.'))

/** What one source observes at a step, over the whole académie; `at` is the step's instant. */
export function observationsOf(
  source: SourceId,
  items: readonly PlannedEtablissement[],
  step: Step,
  at: Date,
): PlannedObservation[] {
  const due = OBSERVABLE.filter(
    ({ key, source: from }) =>
      from === source && (step.monthly || definitionOf(key).freshnessHours <= SLOW_HOURS),
  )
  return items
    .filter((item) => isReporting(item, step))
    .flatMap((item) => {
      const { coverage, failing } = PROFILES[item.profile]
      const machines = workstationsOf(item)
      const observedAt = new Date(at.getTime() - wholeOf(2, 90, item.uai, source) * 60_000).toISOString()
      return due
        .filter(
          ({ key, ofMachines }) =>
            chanceOf(item.uai, source, topicOf(key), 'coverage') < coverage &&
            !(ofMachines && machines === 0) &&
            !(failing && step.last && key.startsWith('backup.')),
        )
        .map((observable) => ({
          uai: item.uai,
          key: observable.key,
          value: valueOf(item, machines, observable, step),
          observedAt,
        }))
    })
}
