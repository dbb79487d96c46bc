import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from './catalogue/index.ts'
import { PARTIES, PARTY_LABELS, defaultPartyOf, responsibleParty } from './responsibility.ts'
import type { Party } from './responsibility.ts'
import type { RequirementId } from './requirement.ts'
import { EXCEPTIONS } from './sharing.ts'

describe('the default sharing table', () => {
  it('names one party for every requirement and degree', () => {
    for (const { id } of REQUIREMENTS)
      for (const degree of ['d1', 'd2'] as const) expect(PARTIES).toContain(defaultPartyOf(id, degree))
  })

  it('makes exceptions only for requirements of the catalogue', () => {
    const ids = new Set<string>(REQUIREMENTS.map(({ id }) => id))
    expect(Object.keys(EXCEPTIONS).filter((id) => !ids.has(id))).toEqual([])
  })

  it.each([
    ['INF-PDT-8', 'collectivite'],
    ['MCO-SVG-1', 'collectivite'],
    ['MCO-PAR-1', 'collectivite'],
    ['INF-SEC-3', 'academie'],
    ['INF-ANN-3', 'academie'],
    ['INF-AUT-7', 'etablissement'],
    ['MCO-SVG-9', 'etablissement'],
  ] as const)('gives %s to %s', (requirement, party) => {
    expect(defaultPartyOf(requirement, 'd2')).toBe(party)
  })

  it('gives to the académie, for an école, what the head of an EPLE decides alone', () => {
    expect(defaultPartyOf('MCO-SEI-9', 'd2')).toBe('etablissement')
    expect(defaultPartyOf('MCO-SEI-9', 'd1')).toBe('academie')
  })
})

describe('responsibleParty', () => {
  it('prefers the académie’s own table', () => {
    const own = new Map<RequirementId, Party>([['INF-PDT-8', 'academie']])
    expect(responsibleParty('INF-PDT-8', 'd2', own)).toBe('academie')
    expect(responsibleParty('INF-PDT-9', 'd2', own)).toBe('collectivite')
    expect(responsibleParty('INF-PDT-8', 'd2')).toBe('collectivite')
  })

  it('has a French label for each party', () => {
    expect(PARTIES.map((party) => PARTY_LABELS[party])).toEqual(['vous', 'la collectivité', 'l’académie'])
  })
})
