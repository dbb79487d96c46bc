/** What an officer may answer on site. */
export type VisitVerdict = 'compliant' | 'partial' | 'non_compliant' | 'not_applicable'

/** An answer as the API gives it. */
export interface StandingAnswer {
  readonly id: string
  readonly verdict: VisitVerdict
  readonly comment: string
  readonly answeredAt: string
  readonly answeredBy: { readonly id: string; readonly name: string }
}

/** An answer kept on the tablet until the server has it. */
export interface WaitingAnswer {
  readonly kind: 'answer'
  readonly id: string
  readonly account: string
  readonly visit: string
  /** Order in which they were given, over all those of the tablet. */
  readonly order: number
  readonly requirement: string
  /** Null while only a comment is typed: nothing to send yet. */
  readonly verdict: VisitVerdict | null
  readonly comment: string
  readonly answeredAt: string
  readonly basedOn: string | null
  /** It left once: the server may have it, so that it is never changed again, only followed by another. */
  readonly attempted: boolean
  /** The server said what became of it; it goes once the page was read again. */
  readonly outcome: 'standing' | 'conflict' | 'replaced' | 'refused' | null
  readonly reason: string | null
}

/** What is given for a requirement now. */
export interface Given {
  readonly requirement: string
  readonly verdict: VisitVerdict | null
  readonly comment: string
}

const PATIENCE_MS = 20_000
/** 64 kbit/s: a telephone at the far end of a village. */
const SLOWEST_BYTES_PER_MS = 8

/** In: the bytes of a sending. Out: how long it may take before it is given up and made again later, in ms. */
export const patienceFor = (bytes: number): number => PATIENCE_MS + bytes / SLOWEST_BYTES_PER_MS

/** In: an instant, epoch ms. Out: ISO 8601. */
export const isoOf = (at: number): string => new Date(at).toISOString()

const sameText = (given: Given, shown: { verdict: VisitVerdict | null; comment: string } | null): boolean =>
  shown === null
    ? given.verdict === null && given.comment.trim() === ''
    : given.verdict === shown.verdict && given.comment.trim() === shown.comment.trim()

/** In: what waits. Out: the newest of a requirement, refused ones aside. */
export const newestOf = (waiting: readonly WaitingAnswer[], requirement: string): WaitingAnswer | null =>
  waiting
    .filter((item) => item.requirement === requirement && item.outcome !== 'refused')
    .toSorted((a, b) => a.order - b.order)
    .at(-1) ?? null

/**
 * In: what waits, the answer that the page shows, what is given now, and what a new one would be made of. Out: the
 * answer to keep: the waiting one changed while it never left, otherwise another that follows it; null when nothing
 * changed.
 */
export function keepGiven(
  waiting: readonly WaitingAnswer[],
  shown: StandingAnswer | null,
  given: Given,
  fresh: {
    readonly id: string
    readonly order: number
    readonly answeredAt: string
    readonly account: string
    readonly visit: string
  },
): WaitingAnswer | null {
  const newest = newestOf(waiting, given.requirement)
  if (sameText(given, newest ?? shown)) return null
  const text = { verdict: given.verdict, comment: given.comment }
  if (newest && !newest.attempted) return { ...newest, ...text, answeredAt: fresh.answeredAt }
  return {
    kind: 'answer',
    ...fresh,
    // A clock that was set back does not put it before the answer that it follows.
    order: Math.max(fresh.order, (newest?.order ?? -1) + 1),
    requirement: given.requirement,
    ...text,
    basedOn: newest?.id ?? shown?.id ?? null,
    attempted: false,
    outcome: null,
    reason: null,
  }
}

/** In: what waits. Out: what can leave now, in the order in which it was given. */
export const toSend = (waiting: readonly WaitingAnswer[]): readonly WaitingAnswer[] =>
  waiting
    .filter(({ verdict, outcome }) => verdict !== null && outcome === null)
    .toSorted((a, b) => a.order - b.order)

/** What the server said of one answer. */
export interface AnswerResult {
  readonly id: string
  readonly outcome: 'standing' | 'conflict' | 'replaced' | 'refused'
  readonly reason: string | null
}

/** In: what waits, and what the server said. Out: what waits now. */
export const settleSent = (
  waiting: readonly WaitingAnswer[],
  results: readonly AnswerResult[],
): readonly WaitingAnswer[] => {
  const said = new Map(results.map((result) => [result.id, result]))
  return waiting.map((item) => {
    const result = said.get(item.id)
    return result ? { ...item, attempted: true, outcome: result.outcome, reason: result.reason } : item
  })
}

/** In: what waits. Out: what may be forgotten once the page was read again from the server. */
export const acknowledged = (waiting: readonly WaitingAnswer[]): readonly WaitingAnswer[] =>
  waiting.filter(({ outcome }) => outcome !== null && outcome !== 'refused')

/** Of one requirement, as the page says it. */
export type SendingState = 'none' | 'sent' | 'waiting' | 'incomplete' | 'conflict' | 'refused'

/** In: what waits, and what the page shows of a requirement. Out: how it stands. */
export function sendingStateOf(
  waiting: readonly WaitingAnswer[],
  requirement: string,
  shown: { readonly answer: StandingAnswer | null; readonly conflicts: number },
): SendingState {
  const newest = newestOf(waiting, requirement)
  if (newest && newest.outcome === null) return newest.verdict === null ? 'incomplete' : 'waiting'
  if (shown.conflicts > 0 || newest?.outcome === 'conflict') return 'conflict'
  if (waiting.some((item) => item.requirement === requirement && item.outcome === 'refused')) return 'refused'
  return newest || shown.answer ? 'sent' : 'none'
}
