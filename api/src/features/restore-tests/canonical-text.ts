import { parseUai } from '@vigie/rules'

export const RESULTS = ['success', 'partial', 'failure'] as const
export type RestoreResult = (typeof RESULTS)[number]

/** A restore that someone tried, as it is signed. */
export interface RestoreRecord {
  readonly uai: string
  readonly keyId: string
  /** To the second. */
  readonly performedAt: Date
  /** Function of who tried it, or name of a task; never a person's name. */
  readonly performedBy: string
  readonly restored: string
  readonly result: RestoreResult
  readonly repository: string | null
  readonly durationMinutes: number | null
  readonly comment: string | null
}

const HEADER = 'vigie restore-test 1'
const MAX = { by: 120, what: 500, repository: 80, comment: 1_000 } as const
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/

/** One line each, in this order; what is not told has no line. */
export function canonicalText(record: RestoreRecord): string {
  const lines = [
    HEADER,
    `uai=${record.uai}`,
    `key=${record.keyId}`,
    `at=${record.performedAt.toISOString().slice(0, 19)}Z`,
    `by=${record.performedBy}`,
    `what=${record.restored}`,
    `result=${record.result}`,
    ...(record.repository === null ? [] : [`repository=${record.repository}`]),
    ...(record.durationMinutes === null ? [] : [`minutes=${record.durationMinutes}`]),
    ...(record.comment === null ? [] : [`comment=${record.comment}`]),
  ]
  return `${lines.join('\n')}\n`
}

const isLine = (text: string | undefined, max: number): text is string =>
  text !== undefined && text.length > 0 && text.length <= max && text === text.trim() && !/\p{Cc}/u.test(text)

/**
 * In: a text that claims to be a restore test. Out: the test, or the remedy in French when the text is not exactly what
 * `canonicalText` writes.
 */
export function parseCanonicalText(text: string): RestoreRecord | string {
  const [header, ...rest] = text.split('\n')
  if (header !== HEADER) return `la première ligne doit être « ${HEADER} »`
  const fields = new Map<string, string>()
  for (const line of rest) {
    const cut = line.indexOf('=')
    if (cut > 0) fields.set(line.slice(0, cut), line.slice(cut + 1))
  }
  const field = (name: string) => fields.get(name)
  const uai = parseUai(field('uai') ?? '')
  if (uai === null) return 'la ligne « uai= » doit porter l’UAI de l’établissement'
  const at = field('at') ?? ''
  const performedAt = new Date(at)
  if (!INSTANT.test(at) || Number.isNaN(performedAt.getTime()))
    return 'la ligne « at= » doit porter l’instant du test en temps universel, par exemple 2026-11-16T08:00:00Z'
  const by = field('by')
  if (!isLine(by, MAX.by))
    return `la ligne « by= » doit dire la fonction ou la tâche, en ${MAX.by} caractères au plus`
  const what = field('what')
  if (!isLine(what, MAX.what))
    return `la ligne « what= » doit dire ce qui a été restauré, en ${MAX.what} caractères au plus`
  const result = RESULTS.find((known) => known === field('result'))
  if (!result) return `la ligne « result= » doit porter ${RESULTS.join(', ')}`
  const repository = field('repository')
  if (repository !== undefined && !isLine(repository, MAX.repository))
    return `la ligne « repository= » doit nommer le dépôt, en ${MAX.repository} caractères au plus`
  const minutes = field('minutes')
  if (minutes !== undefined && !/^\d{1,5}$/.test(minutes))
    return 'la ligne « minutes= » doit porter un nombre entier'
  const comment = field('comment')
  if (comment !== undefined && !isLine(comment, MAX.comment))
    return `la ligne « comment= » doit tenir en ${MAX.comment} caractères`
  const record: RestoreRecord = {
    uai,
    keyId: field('key') ?? '',
    performedAt,
    performedBy: by,
    restored: what,
    result,
    repository: repository ?? null,
    durationMinutes: minutes === undefined ? null : Number(minutes),
    comment: comment ?? null,
  }
  return canonicalText(record) === text
    ? record
    : 'les lignes doivent être dans l’ordre et la forme décrits par docs/exploitation/sauvegardes-surveillees.md'
}
