import { parseUai, refusalOfValue } from '@vigie/rules'
import type { Collected, CollectedEvidence } from '../collector.ts'
import { TRANSFORMS, type PrometheusMappingEntry } from './prometheus-mapping.ts'
import { numberOf, vectorOf } from './prometheus-vector.ts'

/**
 * In: an answer of `/api/v1/query` to the entry's query, and now. Out: one observation per establishment, what was
 * ignored, and the establishments for which the query is ambiguous. An empty vector is no data, hence nothing.
 * Errors: `CollectionError` when the query itself failed.
 */
export function readPrometheusAnswer(
  status: number,
  text: string,
  entry: PrometheusMappingEntry,
  now: Date,
): Collected {
  const samples = vectorOf(status, text)
  const ignored = new Map<string, number>()
  const ignore = (reason: string) => ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
  const evidence = new Map<string, CollectedEvidence>()
  const ambiguous = new Set<string>()
  for (const { metric, value } of samples) {
    const label = metric[entry.uaiLabel]
    const uai = label === undefined ? null : parseUai(label)
    if (uai === null) {
      ignore(
        label === undefined
          ? `série sans étiquette « ${entry.uaiLabel} »`
          : `étiquette « ${entry.uaiLabel} » qui n’est pas un UAI`,
      )
      continue
    }
    if (evidence.has(uai)) ambiguous.add(uai)
    const [seconds, sample] = value
    const number = numberOf(sample)
    if (number === null) {
      ignore('échantillon sans valeur (NaN ou infini)')
      continue
    }
    const observed = TRANSFORMS[entry.transform](number)
    const refusal = refusalOfValue(entry.key, observed)
    if (refusal !== null) {
      ignore(`valeur hors bornes (${refusal})`)
      continue
    }
    const observedAt = new Date(Math.min(seconds * 1_000, now.getTime()))
    evidence.set(uai, { uai, key: entry.key, value: observed, observedAt, source: entry.source })
  }
  return {
    evidence: [...evidence.values()].filter(({ uai }) => !ambiguous.has(uai)),
    availability: [],
    failures:
      ambiguous.size === 0
        ? []
        : [
            {
              keys: [entry.key],
              uais: [...ambiguous],
              reason: `La requête rend plusieurs séries par établissement : agrégez par ${entry.uaiLabel}.`,
            },
          ],
    ignored: [...ignored].map(([reason, count]) => ({ reason: `${entry.key} : ${reason}`, count })),
  }
}
