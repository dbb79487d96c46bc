import { describe, expect, it } from 'vitest'
import { catalogueFilterOf, filterRequirements } from './catalogue-filter.ts'

const antivirus = {
  id: 'INF-PDT-8',
  service: 'INF-PDT',
  function: 'Sécurité',
  statement: 'Chaque poste a un antivirus à jour.',
  levels: { d1: 'E', d2: 'E' },
  clauses: [],
  automatic: true,
} as const
const chart = {
  id: 'UTI-CTR-1',
  service: 'UTI-CTR',
  function: 'Règles',
  statement: 'La charte est annexée au règlement intérieur.',
  levels: { d1: 'R', d2: 'E' },
  clauses: [{ statement: 'Les élèves la signent.', levels: { d1: 'F', d2: 'F' } }],
  automatic: false,
} as const

const kept = (query: string) =>
  filterRequirements([antivirus, chart], catalogueFilterOf(new URLSearchParams(query))).map(({ id }) => id)

describe('filterRequirements', () => {
  it('keeps everything when the address says nothing', () => {
    expect(kept('')).toHaveLength(2)
  })

  it('finds every word, accents and case aside, in the clauses too', () => {
    expect(kept('q=REGLEMENT+eleves')).toEqual(['UTI-CTR-1'])
    expect(kept('q=reglement+antivirus')).toEqual([])
    expect(kept('q=inf-pdt-8')).toEqual(['INF-PDT-8'])
  })

  it('reads the level in the chosen degree only', () => {
    expect(kept('level=E&degree=d1')).toEqual(['INF-PDT-8'])
    expect(kept('level=E')).toHaveLength(2)
    expect(kept('level=F&degree=d1')).toEqual(['UTI-CTR-1'])
  })

  it('tells what evidence decides from what is declared', () => {
    expect(kept('check=auto')).toEqual(['INF-PDT-8'])
    expect(kept('check=manuel')).toEqual(['UTI-CTR-1'])
  })

  it('ignores values that make no sense', () => {
    expect(kept('level=Z&degree=d9&check=perhaps')).toHaveLength(2)
  })
})
