import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, parseCanonicalText, RESULTS, type RestoreRecord } from './canonical-text.ts'

const line = (max: number) =>
  fc
    .string({ minLength: 1, maxLength: max, unit: 'grapheme' })
    .map((text) => text.replace(/\p{Cc}/gu, '').trim())
    .filter((text) => text.length > 0 && text.length <= max)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const record: fc.Arbitrary<RestoreRecord> = fc.record({
  uai: fc.constant('0990001N'),
  keyId: fc.constant('0990001N:0123456789abcdef0123'),
  performedAt: fc
    .integer({ min: 1_600_000_000, max: 2_000_000_000 })
    .map((seconds) => new Date(seconds * 1000)),
  performedBy: line(120),
  restored: line(500),
  result: fc.constantFrom(...RESULTS),
  repository: optional(line(80)),
  durationMinutes: optional(fc.integer({ min: 0, max: 99_999 })),
  comment: optional(line(1_000)),
})

describe('the text that is signed', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(parseCanonicalText(canonicalText(one))).toEqual(one)
      }),
    )
  })

  it('has one form only: any other text is refused or means something else', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }), (one, position, inserted) => {
        const text = canonicalText(one)
        const at = position % text.length
        const altered = text.slice(0, at) + inserted + text.slice(at)
        expect(parseCanonicalText(altered)).not.toEqual(one)
      }),
    )
  })

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['string', 'object']).toContain(typeof parseCanonicalText(text))
      }),
    )
  })

  it('names the line to correct', () => {
    const good =
      'vigie restore-test 1\nuai=0990001N\nkey=k\nat=2026-11-16T08:00:00Z\nby=Tâche\nwhat=Dossier\nresult=success\n'
    expect(parseCanonicalText(good)).toMatchObject({ restored: 'Dossier' })
    expect(parseCanonicalText(good.replace('success', 'ok'))).toContain('result=')
    expect(parseCanonicalText(good.replace('Z\n', '\n'))).toContain('at=')
    expect(parseCanonicalText(good.replace('by=Tâche\n', ''))).toContain('by=')
    expect(parseCanonicalText(good.trimEnd())).toContain('dans l’ordre')
    expect(parseCanonicalText(`${good}extra=1\n`)).toContain('dans l’ordre')
  })
})
