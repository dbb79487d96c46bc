import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layTimeline, OTHER_SOURCES, type RibbonStatus, type TimelineInput } from './timeline.ts'

const NOW = '2026-11-16T09:00:00Z'
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString()

const aTimeline = (input: Partial<TimelineInput> = {}) =>
  layTimeline({ now: NOW, status: 'compliant', staleAt: null, points: [], history: [], spans: [], ...input })

const aPoint = (source: string, days: number) => ({
  key: 'backup.encrypted_at_rest',
  observedAt: daysAgo(days),
  value: true,
  source,
})

describe('status ribbon', () => {
  it('is one segment up to now when the status never changed', () => {
    const { ribbon, nowX } = aTimeline()
    expect(ribbon).toEqual([{ x: 0, width: nowX, status: 'compliant', from: null, until: null }])
  })

  it('starts unknown before the first change, then follows each change', () => {
    const { ribbon } = aTimeline({
      history: [
        { at: daysAgo(100), from: 'partial', to: 'compliant' },
        { at: daysAgo(200), from: null, to: 'partial' },
      ],
    })
    expect(ribbon.map(({ status }) => status)).toEqual(['unknown', 'partial', 'compliant'])
    expect(ribbon[1]).toMatchObject({ x: 41.25, width: 25 })
  })

  it('forgets the segments that ended more than a year ago', () => {
    const { ribbon } = aTimeline({
      history: [
        { at: daysAgo(500), from: null, to: 'partial' },
        { at: daysAgo(400), from: 'partial', to: 'compliant' },
      ],
    })
    expect(ribbon.map(({ status, x }) => [status, x])).toEqual([['compliant', 0]])
  })

  it('covers the past without hole or overlap, whatever the changes', () => {
    const statuses: RibbonStatus[] = ['compliant', 'partial', 'non_compliant', 'unknown']
    const change = fc.record({
      at: fc.integer({ min: 0, max: 700 }).map(daysAgo),
      from: fc.constantFrom(null, ...statuses),
      to: fc.constantFrom(...statuses),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (history) => {
        const { ribbon, nowX } = aTimeline({ history })
        let end = 0
        for (const { x, width } of ribbon) {
          expect(x).toBeCloseTo(end, 5)
          end = x + width
        }
        expect(end).toBeCloseTo(nowX, 5)
      }),
    )
  })
})

describe('evidence lanes', () => {
  it('gives each source its lane, the busiest first', () => {
    const { lanes } = aTimeline({ points: [aPoint('b', 3), aPoint('a', 9), aPoint('a', 2)] })
    expect(lanes.map(({ source, dots }) => [source, dots.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
  })

  it('gathers rare sources beyond the fifth lane', () => {
    const points = ['a', 'b', 'c', 'd', 'e', 'f'].map((source) => aPoint(source, 3))
    const { lanes } = aTimeline({ points })
    expect(lanes).toHaveLength(5)
    expect(lanes[4]).toMatchObject({ source: OTHER_SOURCES, dots: [{ points: [{}, {}] }] })
  })

  it('draws one dot for observations of the same instant', () => {
    const { lanes } = aTimeline({ points: [aPoint('a', 3), { ...aPoint('a', 3), key: 'backup.logged' }] })
    expect(lanes[0]?.dots).toHaveLength(1)
    expect(lanes[0]?.dots[0]?.points).toHaveLength(2)
  })
})

describe('spans and marks', () => {
  it('says when a declaration began before the axis, and cuts what passes its end', () => {
    const { spans } = aTimeline({
      spans: [{ kind: 'declaration', from: daysAgo(400), until: daysAgo(-400), label: 'Conforme' }],
    })
    expect(spans).toMatchObject([{ x: 0, width: 100, startsBefore: true }])
  })

  it('shows the coming staleness only within the five weeks ahead', () => {
    expect(aTimeline({ staleAt: daysAgo(-10) }).staleX).toBe(93.75)
    expect(aTimeline({ staleAt: daysAgo(-100) }).staleX).toBeNull()
    expect(aTimeline({ staleAt: daysAgo(3) }).staleX).toBeNull()
  })

  it('names every month inside the axis and marks the new year', () => {
    const { months } = aTimeline()
    expect(months).toHaveLength(13)
    expect(months.find(({ yearStarts }) => yearStarts)?.label).toBe('janv.')
  })
})
