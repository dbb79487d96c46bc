import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUai, parseUai, refusalOfUai, uaiLetterOf } from './uai.ts'

const digits = fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n).padStart(7, '0'))
const uai = digits.map((d) => d + uaiLetterOf(d))

describe('UAI', () => {
  it('accepts every number with its letter, whatever the case and the spaces', () => {
    fc.assert(
      fc.property(uai, fc.boolean(), fc.nat(8), (value, lower, at) => {
        const written = ` ${value.slice(0, at)} ${value.slice(at)}\t`
        expect(parseUai(lower ? written.toLowerCase() : written)).toBe(value)
        expect(isUai(value)).toBe(true)
      }),
    )
  })

  it('refuses every other letter', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 65, max: 90 }), (number, code) => {
        const letter = String.fromCharCode(code)
        fc.pre(letter !== uaiLetterOf(number))
        expect(parseUai(number + letter)).toBeNull()
        expect(refusalOfUai(number + letter)).toContain(uaiLetterOf(number))
      }),
    )
  })

  it('refuses one wrong digit, as no two digits at one place share a letter', () => {
    fc.assert(
      fc.property(uai, fc.nat(6), fc.integer({ min: 1, max: 9 }), (value, at, shift) => {
        const digit = (Number(value[at]) + shift) % 10
        expect(parseUai(value.slice(0, at) + digit + value.slice(at + 1))).toBeNull()
      }),
    )
  })

  it('never throws, and says what is wrong with anything it refuses', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseUai(text)
        if (parsed === null) expect(refusalOfUai(text)).toMatch(/UAI|lettre/)
        else expect(isUai(parsed)).toBe(true)
      }),
    )
  })

  it('knows the letter of published identifiers', () => {
    expect(uaiLetterOf('0990001')).toBe('N')
    expect(isUai('0990001N')).toBe(true)
    expect(isUai('0990001n')).toBe(false)
  })
})
