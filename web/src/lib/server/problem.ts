/** RFC 9457 body of a refusal, as far as a page shows it. */
export interface Problem {
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[]
}

export const UNREACHABLE: Problem = {
  title: 'Service momentanément indisponible',
  status: 503,
  detail: 'Vigie ne répond pas pour l’instant. Vos données ne sont pas perdues : réessayez dans une minute.',
  errors: [],
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** In: an answer other than 2xx. Out: what it says, in French; a neutral text when it says nothing readable. */
export async function problemOf(response: { status: number; text(): Promise<string> }): Promise<Problem> {
  const body = parsed(await response.text())
  if (!isRecord(body) || typeof body['detail'] !== 'string')
    return { ...UNREACHABLE, status: response.status }
  const errors = Array.isArray(body['errors']) ? body['errors'] : []
  return {
    title: typeof body['title'] === 'string' ? body['title'] : UNREACHABLE.title,
    status: response.status,
    detail: body['detail'],
    errors: errors.filter(isRecord).map((entry) => ({
      pointer: String(entry['pointer'] ?? ''),
      detail: String(entry['detail'] ?? ''),
    })),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (fault) {
    if (fault instanceof SyntaxError) return null
    throw fault
  }
}
