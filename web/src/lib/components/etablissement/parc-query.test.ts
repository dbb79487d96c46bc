import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MACHINE_KINDS, parcAddress, readParcQuery } from './parc-query.ts'

it('carries what is asked of the parc there and back', () => {
  const asked = fc.record({
    text: fc.string({ maxLength: 100 }).map((text) => text.trim()),
    kind: fc.constantFrom(null, ...MACHINE_KINDS),
    retired: fc.boolean(),
    page: fc.constant(1),
  })
  fc.assert(
    fc.property(asked, (query) => {
      expect(readParcQuery(new URLSearchParams(parcAddress(query)))).toEqual(query)
    }),
  )
})

it.each(['0', '-3', '1.5', 'abc', '9999999'])('opens the first page when asked for page %s', (page) => {
  expect(readParcQuery(new URLSearchParams({ page })).page).toBe(1)
})
