import { patienceFor, type AnswerResult, type WaitingAnswer } from './waiting.ts'
import type { WaitingFinding } from './waiting-store.ts'

/** What became of a sending: the network is away, the session is over, it was refused, or it arrived. */
export type Sent<T> =
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'arrived'; readonly data: T }

interface Sending {
  readonly body: BodyInit
  readonly bytes: number
  readonly headers?: Record<string, string>
}

/** Too slow, or too many at once: the same sending passes later. */
const LATER = new Set([408, 429])

async function post<T>(path: string, { body, bytes, headers }: Sending): Promise<Sent<T>> {
  let response: Response
  try {
    response = await fetch(path, {
      method: 'POST',
      body,
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceFor(bytes)),
    })
  } catch {
    return { kind: 'offline' }
  }
  if (response.type === 'opaqueredirect' || response.status === 401) return { kind: 'signed_out' }
  const answer = (await response.json().catch(() => null)) as { detail?: string } | null
  if (response.ok && answer) return { kind: 'arrived', data: answer as T }
  // A page in the place of an answer is that of a network which asks to sign in first.
  if (response.ok || response.status >= 500 || LATER.has(response.status)) return { kind: 'offline' }
  return { kind: 'refused', detail: answer?.detail ?? 'Le serveur a refusé cet envoi.' }
}

/** Whose answers, and of which visit: they never leave under the name of another who signed in meanwhile. */
export interface Sender {
  readonly account: string
  readonly visit: string
}

/** Sends a batch of answers of a visit. */
export function sendAnswers(
  { account, visit }: Sender,
  answers: readonly WaitingAnswer[],
): Promise<Sent<{ readonly results: readonly AnswerResult[] }>> {
  const body = JSON.stringify({
    account,
    answers: answers.map(({ id, requirement, verdict, comment, answeredAt, basedOn }) => ({
      id,
      requirement,
      verdict,
      comment,
      answeredAt,
      basedOn,
    })),
  })
  return post(`/visites/${visit}/envoi`, {
    body,
    bytes: body.length,
    headers: { 'content-type': 'application/json' },
  })
}

/** Sends a finding with its photos. */
export function sendFinding(
  { account, visit }: Sender,
  finding: WaitingFinding,
): Promise<Sent<{ readonly id: string }>> {
  const form = new FormData()
  form.set('compte', account)
  form.set('id', finding.id)
  form.set('exigence', finding.requirement ?? '')
  form.set('nature', finding.nature)
  form.set('description', finding.description)
  form.set('responsable', finding.party)
  form.set('echeance', finding.dueOn)
  for (const { name, content } of finding.photos) form.append('photos', content, name)
  const bytes = finding.photos.reduce((sum, { content }) => sum + content.size, 0)
  return post(`/visites/${visit}/constat`, { body: form, bytes })
}
