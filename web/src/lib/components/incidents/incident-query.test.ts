import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiQueryOf, incidentsAddress, isNarrowed, readIncidentQuery } from './incident-query.ts'

const read = (query: string) => readIncidentQuery(new URLSearchParams(query))

describe('the address of the queue', () => {
  it('shows what is not resolved when it says nothing', () => {
    expect(read('').state).toBe('unresolved')
    expect(isNarrowed(read(''))).toBe(false)
    expect(apiQueryOf(read(''))).toEqual({ state: 'unresolved', page: '1' })
  })

  it('leaves no incident out when it asks for all', () =>
    expect(apiQueryOf(read('etat=tous'))).toEqual({ page: '1' }))

  it('carries every filter to the API', () =>
    expect(
      apiQueryOf(
        read(
          'etat=open&gravite=critical&origine=request&agit=academie&departement=991&etablissement=0990001N&miens=oui&q=wifi&page=3',
        ),
      ),
    ).toEqual({
      state: 'open',
      severity: 'critical',
      origin: 'request',
      party: 'academie',
      departement: '991',
      uai: '0990001N',
      mine: 'true',
      q: 'wifi',
      page: '3',
    }))

  it('asks nothing by values that mean nothing', () =>
    expect(read('etat=x&gravite=y&origine=z&departement=!&etablissement=1&page=-2')).toEqual(read('')))

  it('is read back as it was written, first page', () =>
    fc.assert(
      fc.property(
        fc.record({
          state: fc.constantFrom('unresolved', 'all', 'open', 'acknowledged', 'resolved'),
          severity: fc.constantFrom(null, 'critical', 'warning', 'info'),
          origin: fc.constantFrom(null, 'alert', 'request', 'report'),
          party: fc.constantFrom(null, 'etablissement', 'collectivite', 'academie'),
          departement: fc.constantFrom(null, '991', '02A'),
          uai: fc.constantFrom(null, '0990001N'),
          mine: fc.boolean(),
          q: fc.string({ maxLength: 200 }).map((text) => text.trim()),
        }),
        (query) => {
          const address = incidentsAddress(query)
          expect(read(address.split('?')[1] ?? '')).toEqual({ ...query, page: 1 })
        },
      ),
    ))
})
