import { SERVICE_IDS, parseUai } from '@vigie/rules'
import type { AvailabilitySpan, Collected, CollectedAvailability } from '../collector.ts'
import { numberOf, vectorOf } from './prometheus-vector.ts'

/** Recorded by `deploy/prometheus/rules`: one series per service of an establishment. */
export const AVAILABILITY_RECORDS: Readonly<Record<AvailabilitySpan, string>> = {
  '1d': 'service:availability:ratio_1d',
  '7d': 'service:availability:ratio_7d',
  '30d': 'service:availability:ratio_30d',
}

/** A mean of zeros and ones may pass 1 by the last bit. */
const ROUNDING = 1e-9

/**
 * In: an answer of `/api/v1/query` to the record of a span, and now. Out: one share per service of an establishment, and
 * what was ignored; a service that has two series has none. An empty vector is no data. Errors: `CollectionError` when
 * the query itself failed.
 */
export function readAvailabilityAnswer(
  status: number,
  text: string,
  span: AvailabilitySpan,
  now: Date,
): Pick<Collected, 'availability' | 'ignored'> {
  const ignored = new Map<string, number>()
  const ignore = (reason: string) => ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
  const found = new Map<string, CollectedAvailability>()
  const ambiguous = new Set<string>()
  for (const { metric, value } of vectorOf(status, text)) {
    const uai = parseUai(metric['uai'] ?? '')
    const service = SERVICE_IDS.find((id) => id === metric['service'])
    const ratio = numberOf(value[1])
    if (uai === null) ignore('étiquette « uai » absente, ou qui n’est pas un UAI')
    else if (service === undefined)
      ignore('étiquette « service » absente, ou qui n’est pas un service de CARINE')
    else if (ratio === null || ratio < 0 || ratio > 1 + ROUNDING) ignore('part absente ou hors bornes')
    else {
      const key = `${uai} ${service}`
      if (found.has(key)) ambiguous.add(key)
      const observedAt = new Date(Math.min(value[0] * 1_000, now.getTime()))
      found.set(key, { uai, service, span, ratio: Math.min(ratio, 1), observedAt })
    }
  }
  for (const key of ambiguous) {
    found.delete(key)
    ignore('service qui a plusieurs séries dans un même établissement')
  }
  return {
    availability: [...found.values()],
    ignored: [...ignored].map(([reason, count]) => ({
      reason: `${AVAILABILITY_RECORDS[span]} : ${reason}`,
      count,
    })),
  }
}
