import { describe, expect, it } from 'vitest'
import { mosaicQueryOf, nextDirection } from './mosaic-query.ts'

const queryOf = (text: string) => mosaicQueryOf(new URLSearchParams(text))

describe('mosaicQueryOf', () => {
  it('shows the first fifty by name when the address says nothing', () => {
    expect(queryOf('')).toEqual({ filters: {}, sort: 'name', direction: 'asc', page: 1, pageSize: 50 })
  })

  it('reads every filter, the sort and the page', () => {
    expect(
      queryOf(
        'q=+lyc%C3%A9e+&type=college&degree=d2&departement=991&status=unknown&freshness=stale&service=MCO-SVG&sort=MCO-SVG&direction=desc&page=3&pageSize=200',
      ),
    ).toEqual({
      filters: {
        q: 'lycée',
        type: 'college',
        degree: 'd2',
        departement: '991',
        status: 'unknown',
        freshness: 'stale',
        service: 'MCO-SVG',
      },
      sort: 'MCO-SVG',
      direction: 'desc',
      page: 3,
      pageSize: 200,
    })
  })

  it('leaves out what makes no sense rather than failing', () => {
    expect(
      queryOf('degree=d3&status=maybe&freshness=&service=XXX&sort=money&direction=up&page=-2&pageSize=5000'),
    ).toEqual({ filters: {}, sort: 'name', direction: 'asc', page: 1, pageSize: 50 })
  })

  it('leaves out empty fields, as a form sends them', () => {
    expect(queryOf('q=&type=&departement=&collectivite=').filters).toEqual({})
  })
})

describe('nextDirection', () => {
  it('starts a new column from the weakest and reverses on the second click', () => {
    expect(nextDirection({ sort: 'name', direction: 'desc' }, 'index')).toBe('asc')
    expect(nextDirection({ sort: 'index', direction: 'asc' }, 'index')).toBe('desc')
    expect(nextDirection({ sort: 'index', direction: 'desc' }, 'index')).toBe('asc')
  })
})
