import fc from 'fast-check'
import { FilterParser } from 'ldapts'
import { describe, expect, it } from 'vitest'
import { SHARED_LOGINS, STAFF_FILTER, STUDENTS_FILTER } from './defaults.ts'
import { escaped, isFilter, matching, or, outside } from './filters.ts'
import { daysOfSpan, generalizedTime, instantOf, instantOfFileTime } from './instants.ts'
import { overlayPolicy, sambaPolicy, weakestOf } from './measures/password-policy.ts'
import { readAttributeType } from './schema-names.ts'

const entry = (values: Readonly<Record<string, string>>) => ({
  dn: 'cn=x',
  values: new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), [value]])),
})

describe('filters', () => {
  it('hold any value as one assertion', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const filter = FilterParser.parseString(`(uid=${escaped(value)})`)
        expect(filter).toMatchObject({ attribute: 'uid' })
        expect('value' in filter && String(filter.value)).toBe(Buffer.from(value, 'utf8').toString())
      }),
    )
  })

  it('stay one filter whatever the patterns and domains', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (values) => {
        expect(isFilter(or(...values.map((value) => matching('uid', value))))).toBe(true)
        expect(isFilter(outside('mail', values))).toBe(true)
      }),
    )
  })

  it('of the defaults are well formed', () => {
    for (const filter of [STAFF_FILTER, STUDENTS_FILTER]) expect(isFilter(filter)).toBe(true)
    expect(isFilter(or(...SHARED_LOGINS.map((login) => matching('uid', login))))).toBe(true)
    expect(isFilter('objectClass=person')).toBe(false)
    expect(isFilter('(objectClass=person')).toBe(false)
  })
})

describe('instants', () => {
  it('come back from the text that filters compare', () => {
    const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, (at) => {
        const seconds = new Date(Math.floor(at.getTime() / 1_000) * 1_000)
        expect(instantOf(generalizedTime(at))).toEqual(seconds)
      }),
    )
  })

  it('never throw on what is no instant', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const read of [instantOf, instantOfFileTime, daysOfSpan]) {
          const value = read(text)
          expect(value === null || !Number.isNaN(Number(value))).toBe(true)
        }
      }),
    )
  })

  it.each([
    ['20261121223324.485051Z#000000#000#000000', '2026-11-21T22:33:24.000Z'],
    ['20261121223324Z', '2026-11-21T22:33:24.000Z'],
    ['202611212233+0100', '2026-11-21T21:33:00.000Z'],
    ['20261116030000.0Z', '2026-11-16T03:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(instantOf(text)?.toISOString()).toBe(instant)
  })

  it('reads the spans of a domain, and « never »', () => {
    expect(daysOfSpan('-36288000000000')).toBe(42)
    expect(daysOfSpan('-9223372036854775808')).toBe(0)
    expect(daysOfSpan('0')).toBe(0)
    expect(instantOfFileTime('0')).toBeNull()
    expect(instantOfFileTime('9223372036854775807')).toBeNull()
    expect(instantOfFileTime('134011872000000000')?.toISOString()).toBe('2025-09-01T08:00:00.000Z')
  })
})

describe('a declared attribute', () => {
  it.each([
    ["( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'x' SUP name )", ['cn', 'commonName'], true],
    ["( 1.2 NAME 'homePhone' EQUALITY telephoneNumberMatch )", ['homePhone'], true],
    [
      "( 1.3 NAME 'pwdChangedTime' NO-USER-MODIFICATION USAGE directoryOperation )",
      ['pwdChangedTime'],
      false,
    ],
  ])('%s', (text, names, filled) => {
    expect(readAttributeType(text)).toEqual({ names, filled })
  })

  it('without a name is none', () => {
    expect(readAttributeType('( 1.2.3 SYNTAX 1.2 )')).toBeNull()
  })
})

describe('password policies', () => {
  it('hold no length that is not checked', () => {
    expect(overlayPolicy(entry({ pwdMinLength: '12' }))).toEqual({
      minLength: 0,
      changeAtFirst: false,
      maxAgeDays: 0,
    })
    expect(overlayPolicy(entry({ pwdMinLength: '12', pwdCheckQuality: '2', pwdMaxAge: '86400' }))).toEqual({
      minLength: 12,
      changeAtFirst: false,
      maxAgeDays: 1,
    })
  })

  it('of a Samba domain say « never » by a negative age', () => {
    expect(sambaPolicy(entry({ sambaMinPwdLength: '8', sambaMaxPwdAge: '-1' }))).toEqual({
      minLength: 8,
      changeAtFirst: null,
      maxAgeDays: 0,
    })
  })

  it('together are as weak as the weakest of each rule', () => {
    const policy = fc.record({
      minLength: fc.option(fc.nat(64)),
      changeAtFirst: fc.option(fc.boolean()),
      maxAgeDays: fc.option(fc.nat(400)),
    })
    fc.assert(
      fc.property(fc.array(policy), (policies) => {
        const weakest = weakestOf(policies)
        for (const { minLength, changeAtFirst, maxAgeDays } of policies) {
          if (minLength !== null) expect(weakest.minLength).toBeLessThanOrEqual(minLength)
          if (changeAtFirst === false) expect(weakest.changeAtFirst).toBe(false)
          if (maxAgeDays === 0) expect(weakest.maxAgeDays).toBe(0)
          if (maxAgeDays !== null && weakest.maxAgeDays !== 0) {
            expect(weakest.maxAgeDays).toBeGreaterThanOrEqual(maxAgeDays)
          }
        }
      }),
    )
  })
})
