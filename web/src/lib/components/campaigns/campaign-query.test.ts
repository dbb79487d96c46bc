import { describe, expect, it } from 'vitest'
import { isNarrowed, narrowingOf, readProgressQuery } from './campaign-query.ts'

const read = (text: string) => readProgressQuery(new URLSearchParams(text))

describe('readProgressQuery', () => {
  it('reads what the address asks', () => {
    const query = read('vue=agents&departement=991&agent=none&etat=late&tri=visit&q=%20tilleuls%20&page=3')
    expect(query).toEqual({
      view: 'agents',
      departement: '991',
      officer: 'none',
      state: 'late',
      sort: 'visit',
      q: 'tilleuls',
      page: 3,
    })
    expect(narrowingOf(query)).toEqual({ departement: '991', officer: 'none', state: 'late', q: 'tilleuls' })
  })

  it('asks nothing by what means nothing', () => {
    const query = read('vue=tout&agent=quelqu%27un&etat=inconnu&tri=hasard&page=x')
    expect(isNarrowed(query)).toBe(false)
    expect(query).toMatchObject({ view: 'etablissements', sort: 'name', page: 1 })
  })
})
