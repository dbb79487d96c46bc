import { parseUai, refusalOfValue } from '@vigie/rules'
import { z } from 'zod'
import { CollectionError, type Collected, type CollectedEvidence } from '../collector.ts'
import { TRANSFORMS, type PrometheusMappingEntry } from './prometheus-mapping.ts'

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({ resultType: z.string(), result: z.unknown() }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string().optional(), error: z.string().optional() }),
])

const vectorSchema = z.array(
  z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
)

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

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

function vectorOf(status: number, text: string): z.infer<typeof vectorSchema> {
  if (status === 401 || status === 403) {
    throw new CollectionError('Prometheus refuse les identifiants : vérifiez le jeton ou le mot de passe.', {
      retryable: false,
    })
  }
  const answer = answerSchema.safeParse(jsonOf(text))
  if (!answer.success) {
    throw new CollectionError(`Réponse inattendue de Prometheus (statut HTTP ${status}).`, {
      retryable: status >= 500,
    })
  }
  if (answer.data.status === 'error') {
    const { errorType, error } = answer.data
    throw new CollectionError(
      `Prometheus refuse la requête (${errorType ?? 'erreur'} : ${(error ?? '').slice(0, 200)}).`,
      { retryable: errorType === 'timeout' || errorType === 'unavailable' },
    )
  }
  const { resultType, result } = answer.data.data
  const vector = resultType === 'vector' ? vectorSchema.safeParse(result) : null
  if (!vector?.success) {
    throw new CollectionError(
      `La requête rend « ${resultType} » : un vecteur par établissement est attendu.`,
      {
        retryable: false,
      },
    )
  }
  return vector.data
}

/** Prometheus writes numbers as strings, NaN and infinities included. */
function numberOf(sample: string): number | null {
  const number = sample.trim() === '' ? Number.NaN : Number(sample)
  return Number.isFinite(number) ? number : null
}
