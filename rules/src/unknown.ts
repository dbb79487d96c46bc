import { EVIDENCE_KEYS, definitionOf, expiryOf } from './evidence.ts'
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts'
import type { ObservedVerdict, UnknownReason } from './verdict.ts'
import { decimal, enumerate, frenchDate, typeset } from './wording.ts'

export const MANUAL_REASON = typeset(
  'Aucune mesure automatique ne répond à cette exigence : elle attend une déclaration.',
)

const unknown = (unknownReason: UnknownReason, reason: string): ObservedVerdict => ({
  verdict: 'unknown',
  unknownReason,
  reason,
  figures: [],
})

const QUOTED: ReadonlyMap<EvidenceKey, string> = new Map(
  EVIDENCE_KEYS.map((key) => [key, typeset(`« ${definitionOf(key).label} »`)]),
)
const quoted = (keys: readonly EvidenceKey[]): string => enumerate(keys.map((key) => QUOTED.get(key) ?? key))

interface Known {
  readonly evidence: ReadonlyMap<EvidenceKey, Evidence>
  readonly failedKeys: ReadonlySet<EvidenceKey>
}

const expiredSince = (keys: readonly EvidenceKey[], known: Known, timeZone: string): string =>
  frenchDate(
    Math.min(...keys.map((key) => expiryOf(key, known.evidence.get(key)?.observedAt ?? Infinity))),
    timeZone,
  )

/**
 * In: the keys a check needs, of which at least one is absent or expired at `at`. Out: the unknown verdict that
 * names what is missing and since when. A failed collection explains more than an absence, an absence more than age.
 */
export function missingEvidence(
  needs: readonly EvidenceKey[],
  known: Known,
  at: number,
  timeZone: string,
): ObservedVerdict {
  const absent: EvidenceKey[] = []
  const expired: EvidenceKey[] = []
  const failed: EvidenceKey[] = []
  const failedAndExpired: EvidenceKey[] = []
  for (const key of needs) {
    const evidence = known.evidence.get(key)
    const isAbsent = evidence === undefined || evidence.observedAt > at
    if (!isAbsent && expiryOf(key, evidence.observedAt) > at) continue
    ;(isAbsent ? absent : expired).push(key)
    if (!known.failedKeys.has(key)) continue
    failed.push(key)
    if (!isAbsent) failedAndExpired.push(key)
  }
  if (failed.length > 0) {
    const since =
      failedAndExpired.length > 0
        ? `, et la preuve est périmée depuis le ${expiredSince(failedAndExpired, known, timeZone)}`
        : ''
    return unknown('collector_failed', `La dernière collecte a échoué pour ${quoted(failed)}${since}.`)
  }
  if (absent.length > 0)
    return unknown('never_observed', `Aucune preuve n’a encore été reçue pour ${quoted(absent)}.`)
  return unknown(
    'stale',
    `La preuve est périmée depuis le ${expiredSince(expired, known, timeZone)} pour ${quoted(expired)}.`,
  )
}

/** In: a part that exceeds its whole, with their labels. Out: the unknown verdict that says so. */
export const contradictoryFigures = (
  partLabel: string,
  part: EvidenceValue | undefined,
  wholeLabel: string,
  whole: EvidenceValue | undefined,
): ObservedVerdict =>
  unknown(
    'collector_failed',
    typeset(
      `Les chiffres collectés se contredisent : « ${partLabel} » (${decimal(Number(part))}) dépasse ` +
        `« ${wholeLabel} » (${decimal(Number(whole))}).`,
    ),
  )
