import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeControls, judgeSample, type Side } from './filtering-verdict.ts'
import type { ProxyAnswer } from './proxy-exchange.ts'
import { combine, foreignHost, readAnswer, type BlockSigns, type Reading } from './refusal.ts'
import { readNames, type NameAnswer } from './resolver-probe.ts'

const SIGNS: BlockSigns = {
  pages: new Set(['blocage.exemple.fr']),
  marks: [{ header: 'X-Filtre', contains: 'refus' }],
}
const answered = (status: number, headers: Record<string, string> = {}): ProxyAnswer => ({
  kind: 'answered',
  status,
  headers,
})
const read = (answer: ProxyAnswer, asked: 'headers' | 'tunnel' = 'headers') =>
  readAnswer(answer, 'jeux.exemple.invalid', asked, SIGNS)

describe('what a proxy answers', () => {
  it('is a sure refusal when only a filter says it', () => {
    for (const reading of [
      read(answered(403, { 'x-squid-error': 'ERR_ACCESS_DENIED 0' })),
      read(answered(302, { location: 'http://blocage.exemple.fr/?u=jeux' })),
      read(answered(302, { location: 'http://10.1.2.3/blocage' })),
      read(answered(200, { 'x-filtre': 'refus: jeux' })),
      read(answered(403), 'tunnel'),
      read(answered(302, { location: 'http://ailleurs.exemple.fr/' }), 'tunnel'),
      read({ kind: 'cut' }, 'tunnel'),
    ]) {
      expect(reading).toMatchObject({ kind: 'blocked', sure: true })
    }
  })

  it('is a weak refusal when the site may have said it', () => {
    expect(read(answered(403))).toMatchObject({ kind: 'blocked', sure: false })
    expect(combine([read(answered(403)), { kind: 'unclear', why: '' }])).toMatchObject({ kind: 'unclear' })
  })

  it('is no refusal when the site is dead or moves within itself', () => {
    expect(read(answered(503, { 'x-squid-error': 'ERR_DNS_FAIL 0' }))).toMatchObject({ kind: 'unclear' })
    expect(read(answered(502))).toMatchObject({ kind: 'unclear' })
    expect(read(answered(301, { location: 'https://www.jeux.exemple.invalid/' }))).toEqual({ kind: 'passed' })
    expect(read(answered(404))).toEqual({ kind: 'passed' })
    expect(read({ kind: 'silent' })).toMatchObject({ kind: 'unclear' })
    expect(read(answered(407))).toEqual({ kind: 'credentials' })
  })

  it('names another host only for a redirect that leaves the site', () => {
    expect(foreignHost(answered(302, { location: '/accueil' }), 'jeux.exemple.invalid')).toBeNull()
    expect(foreignHost(answered(302, { location: 'http://[' }), 'jeux.exemple.invalid')).toBeNull()
    expect(foreignHost(answered(302, { location: 'http://x.fr/' }), 'jeux.exemple.invalid')).toBe('x.fr')
  })

  it('passes as soon as one way in is open, whatever the other says', () => {
    const anyReading: fc.Arbitrary<Reading> = fc.constantFrom<Reading>(
      { kind: 'blocked', sure: true, how: '' },
      { kind: 'blocked', sure: false, how: '' },
      { kind: 'unclear', why: '' },
    )
    fc.assert(
      fc.property(fc.array(anyReading), fc.array(anyReading), (before, after) => {
        expect(combine([...before, { kind: 'passed' }, ...after])).toEqual({ kind: 'passed' })
      }),
    )
  })
})

const sitesOf = (category: string, sides: readonly Side[]) =>
  sides.map((side, at) => ({ site: { category, domain: `s${at}.invalid` }, side }))

describe('a sample', () => {
  it('proves a filtering when four sites out of five are blocked in every category', () => {
    const blocked = sitesOf('adultes', ['blocked', 'blocked', 'blocked', 'blocked', 'passed'])
    expect(judgeSample(blocked)).toMatchObject({ active: true, blocked: 4, passed: 1 })
    const open = sitesOf('jeux', ['blocked', 'passed', 'passed'])
    expect(judgeSample([...blocked, ...open])).toMatchObject({ active: false, open: ['jeux'] })
  })

  it('proves nothing with too few sites that answer', () => {
    expect(judgeSample(sitesOf('jeux', ['blocked', 'unclear', 'unclear', 'unclear'])).active).toBeNull()
    expect(judgeSample([]).active).toBeNull()
    expect(judgeSample(sitesOf('jeux', ['unclear'])).active).toBeNull()
  })

  it('is never a filtering where most of what answers passes', () => {
    const sides = fc.array(fc.constantFrom<Side>('blocked', 'passed', 'unclear'), { maxLength: 12 })
    fc.assert(
      fc.property(sides, (given) => {
        const { active, blocked, passed } = judgeSample(sitesOf('jeux', given))
        if (passed > blocked) expect(active).not.toBe(true)
        if (passed === 0) expect(active).not.toBe(false)
      }),
    )
  })
})

describe('control sites', () => {
  it('tell an allow-list from a filter, and from a proxy that lets nothing through', () => {
    expect(judgeControls(['passed', 'blocked'], [])).toBe('open')
    expect(judgeControls(['blocked', 'blocked'], ['passed'])).toBe('allowlist_only')
    expect(judgeControls(['blocked', 'unclear'], ['passed'])).toBe('unclear')
    expect(judgeControls(['blocked', 'blocked'], ['blocked'])).toBe('nothing_passes')
    expect(judgeControls(['blocked', 'blocked'], [])).toBe('nothing_passes')
  })
})

describe('what a resolver answers', () => {
  const at = (...addresses: string[]): NameAnswer => ({ kind: 'addresses', addresses })
  const ABSENT: NameAnswer = { kind: 'absent' }

  it('is a refusal when it gives an address of nowhere, or one that many sites share', () => {
    const sampled = new Map([
      ['a.invalid', at('0.0.0.0')],
      ['b.invalid', at('198.51.100.7')],
      ['c.invalid', at('198.51.100.7')],
      ['d.invalid', at('198.51.100.7')],
      ['e.invalid', at('203.0.113.9')],
      ['f.invalid', { kind: 'refused' } as const],
      ['g.invalid', { kind: 'silent' } as const],
    ])
    const readings = readNames(sampled, [at('203.0.113.1')], null, new Set())
    expect([...readings.values()]).toEqual([true, true, true, true, false, true, null])
  })

  it('does not take a name that exists nowhere for a blocked one', () => {
    const sampled = new Map([['a.invalid', ABSENT]])
    expect(readNames(sampled, [], null, new Set()).get('a.invalid')).toBeNull()
    expect(readNames(sampled, [], new Map([['a.invalid', ABSENT]]), new Set()).get('a.invalid')).toBeNull()
    const elsewhere = new Map([['a.invalid', at('203.0.113.9')]])
    expect(readNames(sampled, [], elsewhere, new Set()).get('a.invalid')).toBe(true)
  })
})
