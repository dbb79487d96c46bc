import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOscalCatalog } from './oscal-catalog.ts'
import { OscalRefusal } from './oscal.ts'

const control = (id: string, over: object = {}) => ({ id, title: `Mesure ${id}`, ...over })
const catalog = (over: object = {}) => ({
  catalog: {
    uuid: '3f0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10',
    metadata: {
      title: 'Petit référentiel',
      version: '2',
      'oscal-version': '1.1.3',
      'last-modified': '2026-09-01T00:00:00Z',
    },
    groups: [{ id: 'g1', title: 'Comptes', controls: [control('m-1')] }],
    ...over,
  },
})
const twins = [
  { id: 'g1', title: 'Comptes', controls: [control('m-1')] },
  { id: 'g1', title: 'Postes', controls: [control('m-2')] },
]
const faultsOf = (json: unknown) => {
  try {
    readOscalCatalog(json)
    return []
  } catch (error) {
    if (error instanceof OscalRefusal) return error.faults
    throw error
  }
}

describe('an OSCAL catalog', () => {
  it('gives its controls in order, those of a control after it, each with its group', () => {
    const nested = control('m-1', { controls: [control('m-1.1')] })
    const { controls, groups, title, version } = readOscalCatalog(
      catalog({
        controls: [control('libre')],
        groups: [
          {
            id: 'g1',
            title: 'Comptes',
            controls: [nested],
            groups: [{ title: 'Mots de passe', controls: [control('m-2')] }],
          },
        ],
      }),
    )
    expect([title, version]).toEqual(['Petit référentiel', '2'])
    expect(controls.map(({ id, group }) => [id, group])).toEqual([
      ['libre', '#catalogue'],
      ['m-1', 'g1'],
      ['m-1.1', 'g1'],
      ['m-2', '#3'],
    ])
    expect(groups.map((group) => group.title)).toEqual(['Petit référentiel', 'Comptes', 'Mots de passe'])
  })

  it('reads the statement with its items, and the requirements that its properties name', () => {
    const parts = [
      { name: 'guidance', prose: 'Un conseil.' },
      {
        name: 'statement',
        prose: 'Il faut :',
        parts: [
          { name: 'item', prose: 'ceci ;' },
          { name: 'item', prose: 'cela.' },
        ],
      },
    ]
    const props = [
      { name: 'carine', value: 'INF-AUT-6' },
      { name: 'label', value: 'A' },
      { name: 'carine', value: 'INF-AUT-6' },
      { name: 'carine', value: 'INF-AUT-8' },
    ]
    const [read] = readOscalCatalog(
      catalog({ groups: [{ title: 'G', controls: [control('m-1', { parts, props })] }] }),
    ).controls
    expect(read?.statement).toBe('Il faut : ceci ; cela.')
    expect(read?.requirements).toEqual(['INF-AUT-6', 'INF-AUT-8'])
  })

  it.each([
    ['another document', { profile: {} }, '/catalog'],
    ['no control', catalog({ groups: [] }), '/catalog'],
    [
      'a control without a title',
      catalog({ groups: [{ title: 'G', controls: [{ id: 'm-1' }] }] }),
      '/catalog/groups/0/controls/0/title',
    ],
    ['an identifier with spaces', catalog({ controls: [control('m 1')] }), '/catalog/controls/0/id'],
    ['the same control twice', catalog({ controls: [control('m-1')] }), '/catalog/groups/0/controls/0/id'],
    ['the same group twice', catalog({ controls: [], groups: twins }), '/catalog/groups/1/id'],
    [
      'a text that no database keeps',
      catalog({ groups: [{ title: 'G\u0000', controls: [control('m-1')] }] }),
      '/catalog/groups/0/title',
    ],
    [
      'a statement that no database keeps',
      catalog({ controls: [control('x', { parts: [{ name: 'statement', prose: 'a\u0000' }] })] }),
      '/catalog/controls/0/parts/0/prose',
    ],
    [
      'an unknown requirement',
      catalog({ controls: [control('x', { props: [{ name: 'carine', value: 'INF-AUT-99' }] })] }),
      '/catalog/controls/0/props/0/value',
    ],
  ])('is refused for %s, which it names', (_case, json, pointer) => {
    expect(faultsOf(json).map((fault) => fault.pointer)).toContain(pointer)
  })

  it('never takes a group without a name for another one', () => {
    const { controls, groups } = readOscalCatalog(
      catalog({
        groups: [
          { id: 'groupe-2', title: 'Nommé', controls: [control('m-1')] },
          { title: 'Sans nom', controls: [control('m-2')] },
        ],
      }),
    )
    const titles = new Map(groups.map(({ id, title }) => [id, title]))
    expect(controls.map(({ group }) => titles.get(group))).toEqual(['Nommé', 'Sans nom'])
  })

  it('is read in a time that follows its size, however many groups it has', () => {
    const groups = Array.from({ length: 150_000 }, () => ({ title: 'G' }))
    const started = performance.now()
    expect(readOscalCatalog(catalog({ groups: [...groups, ...twins.slice(0, 1)] })).controls).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  it('is refused when its groups are nested without end', () => {
    let deep: object = { title: 'fond', controls: [control('m-9')] }
    for (let level = 0; level < 40; level += 1) deep = { title: `niveau ${level}`, groups: [deep] }
    expect(faultsOf(catalog({ groups: [deep] }))[0]?.detail).toContain('niveaux imbriqués')
  })

  it('answers any JSON with a catalog or with faults, never otherwise', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((groups) => catalog({ groups, controls: groups })),
        ),
        (json) => {
          try {
            expect(readOscalCatalog(json).controls.length).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toBeInstanceOf(OscalRefusal)
          }
        },
      ),
    )
  })
})
