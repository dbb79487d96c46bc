import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOscalMapping } from './oscal-mapping.ts'
import { OscalRefusal } from './oscal.ts'

const CONTROLS = new Set(['pa-1', 'pa-2', 'sv-1'])
const item = (id: string, type = 'control') => ({ type, 'id-ref': id })
const map = (sources: readonly string[], targets: readonly string[], relationship = 'intersects-with') => ({
  uuid: '3f0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10',
  relationship,
  sources: sources.map((id) => item(id)),
  targets: targets.map((id) => item(id)),
})
const collection = (...maps: readonly unknown[]) => ({
  'mapping-collection': {
    uuid: '9a0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10',
    metadata: { title: 'Vers CARINE', version: '1' },
    mappings: [{ uuid: '8a0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10', maps }],
  },
})
const faultsOf = (json: unknown) => {
  try {
    readOscalMapping(json, CONTROLS)
    return []
  } catch (error) {
    if (error instanceof OscalRefusal) return error.faults
    throw error
  }
}

describe('an OSCAL mapping', () => {
  it('gives the pairs of a catalog and CARINE, whichever is the source, each once', () => {
    const read = readOscalMapping(
      collection(
        map(['pa-1'], ['INF-AUT-6', 'INF-AUT-7'], 'superset-of'),
        map(['INF-AUT-6'], ['pa-1', 'pa-2'], 'equal-to'),
      ),
      CONTROLS,
    )
    expect(read).toEqual([
      { control: 'pa-1', requirement: 'INF-AUT-6' },
      { control: 'pa-1', requirement: 'INF-AUT-7' },
      { control: 'pa-2', requirement: 'INF-AUT-6' },
    ])
  })

  it('relates nothing by what it says to have no relationship', () => {
    expect(readOscalMapping(collection(map(['pa-1'], ['INF-AUT-6'], 'no-relationship')), CONTROLS)).toEqual(
      [],
    )
  })

  it.each([
    ['another document', { catalog: {} }, '/mapping-collection', /racine/],
    [
      'an unknown control',
      collection(map(['pa-9'], ['INF-AUT-6'])),
      '/mapping-collection/mappings/0/maps/0/sources/0/id-ref',
      /pa-9/,
    ],
    [
      'an unknown requirement',
      collection(map(['pa-1'], ['INF-AUT-6', 'INF-AUT-99'])),
      '/mapping-collection/mappings/0/maps/0/targets/1/id-ref',
      /INF-AUT-99/,
    ],
    [
      'one side twice',
      collection(map(['pa-1'], ['pa-2'])),
      '/mapping-collection/mappings/0/maps/0',
      /même côté/,
    ],
    [
      'a mixed side',
      collection(map(['pa-1', 'INF-AUT-6'], ['INF-AUT-7'])),
      '/mapping-collection/mappings/0/maps/0/sources',
      /mêle/,
    ],
    [
      'a part of a control',
      collection({ ...map([], ['INF-AUT-6']), sources: [item('pa-1_a', 'statement')] }),
      '/mapping-collection/mappings/0/maps/0/sources/0/type',
      /mesures entières/,
    ],
    [
      'no source',
      collection(map([], ['INF-AUT-6'])),
      '/mapping-collection/mappings/0/maps/0/sources',
      /au moins/,
    ],
  ])('refuses %s, and says where', (_case, json, pointer, detail) => {
    expect(faultsOf(json)).toEqual([{ pointer, detail: expect.stringMatching(detail) }])
  })

  it('names no more faults than one can mend, and stops at a bound', () => {
    const wrong = Array.from({ length: 500 }, () => map(['pa-9'], ['INF-AUT-6']))
    expect(faultsOf(collection(...wrong)).length).toBeLessThanOrEqual(51)
    const many = Array.from({ length: 20_001 }, () => map(['pa-1'], ['INF-AUT-6']))
    expect(faultsOf(collection(...many))).toMatchObject([
      { detail: expect.stringContaining('20000 relations') },
    ])
  })

  it('either reads pairs that exist or refuses, whatever it is given', () => {
    const ids = fc.constantFrom('pa-1', 'sv-1', 'INF-AUT-6', 'MCO-SVG-1', 'autre', '')
    const anItem = fc.oneof(
      ids.map((id) => item(id)),
      fc.anything(),
    )
    const aMap = fc.oneof(
      fc.record({ relationship: fc.string(), sources: fc.array(anItem), targets: fc.array(anItem) }),
      fc.anything(),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(aMap).map((maps) => collection(...maps)),
          fc.anything(),
        ),
        (json) => {
          try {
            for (const { control } of readOscalMapping(json, CONTROLS)) expect(CONTROLS).toContain(control)
          } catch (error) {
            expect(error).toBeInstanceOf(OscalRefusal)
          }
        },
      ),
    )
  })
})
