import { describe, expect, it } from 'vitest'
import { departementOf, keysAddress, pageOf, readKeyQuery } from './key-query.ts'

const read = (query: string) => readKeyQuery(new URLSearchParams(query))

describe('the address of the list of keys', () => {
  it('says back what it was asked', () => {
    const address = keysAddress({ state: 'lost', departement: '991', expiring: '3' })
    expect(address).toBe('/cles/liste?etat=lost&departement=991&fin=3')
    expect(read(address.split('?')[1] ?? '')).toEqual({
      state: 'lost',
      departement: '991',
      expiring: '3',
      page: 1,
    })
  })

  it('asks for nothing by values that mean nothing', () =>
    expect(read('etat=constructor&departement=%3Cb%3E&fin=7&page=zéro')).toEqual({
      state: null,
      departement: null,
      expiring: null,
      page: 1,
    }))

  it('is bare when nothing is narrowed', () => expect(keysAddress({})).toBe('/cles/liste'))
})

it('reads pages and départements, Corsica and overseas too', () => {
  expect([pageOf('3'), pageOf('0'), pageOf('1.5'), pageOf(null)]).toEqual([3, 1, 1, 1])
  expect([departementOf('2A'), departementOf('972'), departementOf('x')]).toEqual(['2A', '972', null])
})
