import { expect, it } from 'vitest'
import { readSlipQuery, slipApiQuery } from './slip-query.ts'

const asked = (query: string) => slipApiQuery(readSlipQuery(new URLSearchParams(query)))

it('asks for everything when the address says nothing that means something', () => {
  expect(asked('')).toEqual({ page: '1' })
  expect(asked('nature=autre&attente=12&scan=peut-etre&departement=<b>&page=-3')).toEqual({ page: '1' })
})

it('asks for the slips that wait for their scan, since a number of days', () => {
  expect(asked('scan=attendu&departement=991')).toEqual({ page: '1', departement: '991', signed: 'false' })
  expect(asked('attente=15&scan=attendu&page=2')).toEqual({ page: '2', unsignedForDays: '15' })
})

it('asks for a kind and a part of a number', () => {
  expect(asked('nature=remise_mairie&numero= RM-2026 ')).toEqual({
    page: '1',
    kind: 'remise_mairie',
    q: 'RM-2026',
  })
})
