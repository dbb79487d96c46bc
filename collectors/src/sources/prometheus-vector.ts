import { z } from 'zod'
import { CollectionError } from '../collector.ts'

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
 * In: an answer of `/api/v1/query`. Out: its series, each with its instant (s) and sample. Errors: `CollectionError`
 * when Prometheus refused, failed, or answered something else than a vector.
 */
export function vectorOf(status: number, text: string): z.infer<typeof vectorSchema> {
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
export function numberOf(sample: string): number | null {
  const number = sample.trim() === '' ? Number.NaN : Number(sample)
  return Number.isFinite(number) ? number : null
}
