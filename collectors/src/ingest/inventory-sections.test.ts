import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sectionsDigest } from './inventory-digest.ts'
import { mergeSections, type InventorySections } from './inventory-sections.ts'

const text = fc.option(fc.string({ maxLength: 12 }))
const figure = fc.option(fc.nat(1_000_000))
const sections: fc.Arbitrary<InventorySections> = fc.record(
  {
    hardware: fc.record({ name: text, uuid: text, chassis: text, memoryMb: figure, virtualSystem: text }),
    operatingSystem: fc.record({
      name: text,
      version: text,
      kernel: text,
      architecture: text,
      installedAt: text,
      bootedAt: text,
    }),
    firewall: fc.array(fc.record({ profile: text, active: fc.boolean() })),
    software: fc.record({ count: fc.nat(900), lastUpdateOn: text }),
  },
  { requiredKeys: [] },
)

describe('merging a partial inventory', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(sections, sections, (kept, reported) => {
        const once = mergeSections(kept, reported)
        expect(mergeSections(once, reported)).toEqual(once)
      }),
    )
  })

  it('keeps every section that is not reported and takes every one that is', () => {
    fc.assert(
      fc.property(sections, sections, (kept, reported) => {
        expect(mergeSections(kept, reported)).toEqual({ ...kept, ...reported })
        expect(mergeSections(kept, {})).toEqual(kept)
      }),
    )
  })
})

describe('the digest of what a machine reports', () => {
  it('is the same after a database has given the content back in another order', () => {
    fc.assert(
      fc.property(sections, (content) => {
        const reordered = Object.fromEntries(Object.entries(content).reverse())
        expect(sectionsDigest(reordered)).toBe(sectionsDigest(content))
      }),
    )
  })

  it('does not move with the boot time, and moves with the rest', () => {
    const system = {
      name: 'a',
      version: null,
      kernel: null,
      architecture: null,
      installedAt: null,
      bootedAt: '2026-11-16T07:00:00.000Z',
    }
    const digest = sectionsDigest({ operatingSystem: system })
    expect(sectionsDigest({ operatingSystem: { ...system, bootedAt: null } })).toBe(digest)
    expect(sectionsDigest({ operatingSystem: { ...system, version: '2' } })).not.toBe(digest)
  })
})
