/** A row of one of GLPI's tables, as its API gives it. */
export type GlpiRow = Record<string, unknown> & { id?: number }

export interface GlpiAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** What GLPI answers instead: `["ERROR_…", "message"]`. */
export class GlpiError extends Error {
  readonly answer: GlpiAnswer

  constructor(answer: GlpiAnswer) {
    super('refused')
    this.answer = answer
  }
}

/** Throws a refusal, worded as GLPI words it; some point at the documentation. */
export function refuse(status: number, code: string, message: string, documented = false): never {
  const where = documented ? `; view documentation in your browser at http://glpi.invalid/#${code}` : ''
  throw new GlpiError({ status, body: [code, message + where] })
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&#38;', '<': '&#60;', '>': '&#62;' }

/** GLPI 9.5 and 10 keep and give texts with these three characters encoded. */
export const encodeEntities = (row: GlpiRow): GlpiRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/[&<>]/g, (found) => ENTITIES[found] ?? found) : value,
    ]),
  )

/** Columns that a list can be searched and sorted by. 9.5 and 10 have no external identifier. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Ticket: [
    'id',
    'entities_id',
    'name',
    'content',
    'status',
    'type',
    'urgency',
    'itilcategories_id',
    'is_deleted',
  ],
  ITILFollowup: ['id', 'itemtype', 'items_id', 'content'],
  ITILSolution: ['id', 'itemtype', 'items_id', 'content'],
}

/** `LIKE` as GLPI builds it: anywhere in the text, unless `^` and `$` anchor it; without regard to case. */
export function matchesSearch(value: unknown, search: string): boolean {
  const text = String(value ?? '').toLowerCase()
  const wanted = search.trim().replace(/^\^/, '').replace(/\$$/, '').trim().toLowerCase()
  const fromStart = search.trim().startsWith('^')
  const toEnd = search.trim().endsWith('$')
  if (fromStart && toEnd) return text === wanted
  if (fromStart) return text.startsWith(wanted)
  return toEnd ? text.endsWith(wanted) : text.includes(wanted)
}

/** `GET /:itemtype`: searched, sorted, a range of it; 206 when that is not all. */
export function listRows(itemtype: string, rows: readonly GlpiRow[], query: URLSearchParams): GlpiAnswer {
  const columns = COLUMNS[itemtype] ?? []
  const range = query.get('range') ?? '0-49'
  if (!/^\d+-\d+$/.test(range)) refuse(400, 'ERROR', 'range must be in format : [start-end] with integers')
  const [start, asked] = range.split('-').map(Number) as [number, number]
  const order = (query.get('order') ?? 'ASC').toUpperCase()
  if (!['ASC', 'DESC'].includes(order)) refuse(400, 'ERROR', 'order must be DESC or ASC')
  const sort = query.get('sort') ?? 'id'
  if (!columns.includes(sort)) refuse(400, 'ERROR', `sort param is not a field of ${itemtype}`)
  const searched = [...query].flatMap(([name, value]) => {
    const [, field] = /^searchText\[(\w+)\]$/.exec(name) ?? []
    return field && value ? [[field, value] as const] : []
  })
  if (searched.some(([field]) => !columns.includes(field))) {
    // An unknown column is a fault of SQL, that PHP answers with an empty 500.
    throw new GlpiError({ status: 500, body: '' })
  }
  const found = rows
    .filter((row) => searched.every(([field, value]) => matchesSearch(row[field], value)))
    .toSorted((a, b) => {
      const compared = Number(a[sort]) - Number(b[sort])
      return order === 'ASC' ? compared : -compared
    })
  if (start > found.length) {
    refuse(
      400,
      'ERROR_RANGE_EXCEED_TOTAL',
      `Provided range exceed total count of data: ${found.length}`,
      true,
    )
  }
  const end = Math.min(asked, found.length - 1)
  return {
    status: end - start + 1 < found.length ? 206 : 200,
    headers: {
      'Accept-Range': `${itemtype} 990`,
      ...(found.length > 0 ? { 'Content-Range': `${start}-${end}/${found.length}` } : {}),
    },
    body: found.slice(start, end + 1),
  }
}
