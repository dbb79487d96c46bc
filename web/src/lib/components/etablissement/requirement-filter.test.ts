import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  causeOf,
  countByStatus,
  FILTER_CAUSES,
  FILTER_LEVELS,
  FILTER_MODES,
  FILTER_STATUSES,
  filterQuery,
  narrow,
  readFilter,
  type FilterableRow,
} from './requirement-filter.ts'

const aRow = (row: Partial<FilterableRow> = {}): FilterableRow => ({
  status: 'compliant',
  unknownReason: null,
  automatic: true,
  derogatedUntil: null,
  ...row,
})

describe('the address of the list', () => {
  it('carries any filter there and back', () => {
    const filter = fc.record({
      service: fc.constantFrom(null, 'INF-PDT', 'UTI-ESF'),
      level: fc.constantFrom(null, ...FILTER_LEVELS),
      status: fc.constantFrom(null, ...FILTER_STATUSES),
      cause: fc.constantFrom(null, ...FILTER_CAUSES),
      mode: fc.constantFrom(null, ...FILTER_MODES),
      text: fc.string().map((text) => text.trim()),
    })
    fc.assert(
      fc.property(filter, (given) => {
        expect(readFilter(new URLSearchParams(filterQuery(given)))).toEqual(given)
      }),
    )
  })

  it('ignores values that mean nothing', () => {
    expect(readFilter(new URLSearchParams('statut=vert&niveau=Z&service=&cause=&mesure=x'))).toEqual({
      service: null,
      level: null,
      status: null,
      cause: null,
      mode: null,
      text: '',
    })
  })

  it('is bare when nothing is narrowed', () => {
    expect(filterQuery({ text: '', service: null })).toBe('')
  })
})

describe('the cause of an unknown status', () => {
  it('is that nothing can observe it when the requirement is manual', () => {
    expect(causeOf(aRow({ status: 'unknown', automatic: false, unknownReason: 'never_observed' }))).toBe(
      'manual',
    )
  })

  it('is the reason of the evaluation otherwise', () => {
    expect(causeOf(aRow({ status: 'unknown', unknownReason: 'stale' }))).toBe('stale')
    expect(causeOf(aRow())).toBeNull()
  })
})

describe('narrowing and counting', () => {
  const rows = [
    aRow(),
    aRow({ status: 'unknown', unknownReason: 'stale' }),
    aRow({ status: 'non_compliant', derogatedUntil: '2027-01-01T00:00:00Z' }),
  ]

  it('keeps the rows of a cause', () => {
    expect(narrow(rows, { status: 'unknown', cause: 'stale' })).toEqual([rows[1]])
    expect(narrow(rows, { status: 'unknown', cause: 'manual' })).toEqual([])
  })

  it('finds derogations whatever the status they cover', () => {
    expect(narrow(rows, { status: 'derogation', cause: null })).toEqual([rows[2]])
  })

  it('counts as many rows as the link of the count will show', () => {
    const counts = countByStatus(rows)
    for (const status of FILTER_STATUSES) {
      expect(narrow(rows, { status, cause: null })).toHaveLength(counts[status])
    }
  })
})
