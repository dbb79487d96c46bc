import type { EvidenceValue } from '@vigie/rules'
import type { Collected, CollectedEvidence, FailedKeys, Ignored } from '../../collector.ts'
import type { LdapBase, LdapConfig } from './config.ts'
import type { Measured } from './measured.ts'

/** What the directory gave: for all its establishments, and by branch. */
export interface Findings {
  readonly directory: readonly Measured[]
  readonly branches: readonly { readonly base: LdapBase; readonly measured: readonly Measured[] }[]
}

/** Longest source that a screen shows. */
const SOURCE_LENGTH = 200

/** In: findings. Out: evidence by establishment: counts of several branches add up, of ages the worst counts. */
export function gathered(config: LdapConfig, now: Date, findings: Findings): Collected {
  const evidence: CollectedEvidence[] = []
  const failures: FailedKeys[] = []
  const ignored = new Map<string, number>()
  for (const uai of new Set(config.bases.flatMap(({ uais }) => uais))) {
    const own = findings.branches.filter(({ base }) => base.uais.includes(uai))
    const measured = [...findings.directory, ...own.flatMap((branch) => branch.measured)]
    for (const [key, told] of Map.groupBy(measured, (one) => one.key)) {
      const unknown = told.find((one) => 'unknown' in one)
      const valued = told.filter((one) => 'value' in one)
      if (unknown) failures.push({ keys: [key], uais: [uai], reason: unknown.unknown })
      else if (valued.length > 0) {
        const notes = [...new Set(valued.map(({ note }) => note).filter((note) => note !== undefined))]
        const value = merged(key.endsWith('_age'), valued)
        evidence.push({ uai, key, value, observedAt: now, source: sourceOf(config, notes) })
      }
      for (const one of told) {
        if ('skipped' in one) {
          const reason = `${key} : ${one.skipped}`
          ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
        }
      }
    }
  }
  return { evidence, availability: [], failures: grouped(failures), ignored: reasons(ignored) }
}

type Valued = Extract<Measured, { readonly value: EvidenceValue }>

function merged(worst: boolean, valued: readonly Valued[]): EvidenceValue {
  if (valued.every(({ names }) => names !== undefined)) {
    return new Set(valued.flatMap(({ names }) => names ?? [])).size
  }
  const values = valued.map(({ value }) => value)
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return values.every((value) => value === true)
  return worst ? Math.max(...numbers) : numbers.reduce((sum, value) => sum + value, 0)
}

function sourceOf({ label }: LdapConfig, notes: readonly string[]): string {
  const text = notes.length > 0 ? `Annuaire ${label} (${notes.join(' ; ')})` : `Annuaire ${label}`
  return text.length > SOURCE_LENGTH ? `${text.slice(0, SOURCE_LENGTH - 2)}…)` : text
}

/** Keys that failed for one reason, in one establishment after the other. */
const grouped = (failures: readonly FailedKeys[]): readonly FailedKeys[] =>
  [...Map.groupBy(failures, ({ uais, reason }) => JSON.stringify([uais, reason])).values()].map((same) => ({
    keys: same.flatMap(({ keys }) => keys),
    uais: same[0]?.uais ?? [],
    reason: same[0]?.reason ?? '',
  }))

const reasons = (counts: ReadonlyMap<string, number>): readonly Ignored[] =>
  [...counts].map(([reason, count]) => ({ reason, count }))
