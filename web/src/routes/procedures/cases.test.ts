import { describe, expect, it } from 'vitest'
import { caseOf, CASES, placeOf, signOf } from './cases.ts'

const key = { serial: 'ESSAI1', state: 'active', stateLabel: 'Active' }

describe('the five cases', () => {
  it('are told apart by what happens', () => {
    expect(new Set(CASES.map(({ situation }) => situation)).size).toBe(5)
    expect(caseOf('departure')?.holder).toBe('Qui part ?')
    expect(caseOf('holiday')).toBeUndefined()
    expect(caseOf(null)).toBeUndefined()
  })
})

describe('placeOf', () => {
  it('leads to the assistant of the key that arrives, and to the file of the one that leaves', () => {
    const keys = { key, newKey: { ...key, serial: 'ESSAI2' } }
    expect(placeOf({ step: 'key_activated' }, keys).href).toBe('/remise/ESSAI2')
    expect(placeOf({ step: 'key_returned' }, keys).href).toBe('/cles/ESSAI1')
    expect(placeOf({ step: 'convoked' }, keys).href).toBe('/seances')
  })

  it('still leads somewhere when no key is there yet', () => {
    const none = { key: null, newKey: null }
    expect(placeOf({ step: 'key_handed_over' }, none).href).toBe('/remise')
    expect(placeOf({ step: 'key_returned' }, none).href).toBe('/cles/liste')
  })
})

it('shows what is late before what is under way', () => {
  expect(signOf({ outcome: null, overdue: true })).toBe('non_compliant')
  expect(signOf({ outcome: null, overdue: false })).toBe('derogation')
  expect(signOf({ outcome: 'done', overdue: false })).toBe('compliant')
})
