import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layRiver, pinsOf, readAt } from './river-chart.ts'
import { applyFrame, minutesOf, windowOf, type Incident, type Series, type Traffic } from './traffic-view.ts'
import { formatMs, relayName, summaryOf } from './traffic-words.ts'

const START = Date.parse('2026-11-16T09:00:00Z') / 1_000
const iso = (second: number) => new Date(second * 1_000).toISOString()

const series = (from: number, accepted: number[], rejected = accepted.map(() => 0), step = 1): Series => ({
  from: iso(from),
  step,
  accepted,
  rejected,
})

const traffic = (seconds: Series): Traffic => ({
  asOf: iso(START + 5),
  academies: [{ code: '98', name: 'Académie de Valmont' }],
  seconds,
  hour: series(START, [0, 0, 0], [0, 0, 0], 10),
  windows: [],
  surroundings: {
    readAt: iso(START),
    sources: [],
    departements: [],
    holders: null,
    openIncidents: 0,
    incidents: [],
    collectors: [],
    jobs: [],
  },
})

const incident = (openedAt: string, resolvedAt: string | null = null): Incident => ({
  id: openedAt,
  number: 1,
  title: 'Attaque',
  alert: 'OtpBruteForce',
  severity: 'critical',
  severityLabel: 'Critique',
  state: resolvedAt ? 'resolved' : 'open',
  stateLabel: '',
  openedAt,
  resolvedAt,
})

describe('a frame', () => {
  it('slides the series to its newest second, and corrects those that came late', () => {
    const known = traffic(series(START, [1, 2, 3, 4]))
    const { asOf: _, ...rest } = known
    const next = applyFrame(known, { ...rest, asOf: iso(START + 6), seconds: series(START + 3, [9, 5, 6]) })
    expect(next.seconds).toEqual(series(START + 2, [3, 9, 5, 6]))
    expect(next.asOf).toBe(iso(START + 6))
  })

  it('fills with nothing what nobody told', () => {
    const known = traffic(series(START, [1, 2, 3]))
    const next = applyFrame(known, { ...known, seconds: series(START + 10, [7]) })
    expect(next.seconds).toEqual(series(START + 8, [0, 0, 7]))
  })

  it('never changes the length, nor goes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 40 }),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }),
        (at, news) => {
          const known = traffic(series(START, [1, 2, 3, 4, 5]))
          const next = applyFrame(known, { ...known, seconds: series(START + at, news) }).seconds
          expect(next.accepted).toHaveLength(5)
          expect(next.rejected).toHaveLength(5)
          expect(Date.parse(next.from)).toBeGreaterThanOrEqual(START * 1_000)
        },
      ),
    )
  })
})

describe('the river', () => {
  it('rises from the line for what is accepted and falls from it for what is rejected, on one scale', () => {
    const { accepted, rejected, middle, ticks } = layRiver(series(START, [0, 10, 0], [0, 5, 0]), 60)
    const heights = (path: string) => [...path.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y))
    const top = Math.min(...heights(accepted))
    const bottom = Math.max(...heights(rejected))
    expect(top).toBeGreaterThanOrEqual(0)
    expect(bottom).toBeLessThanOrEqual(100)
    expect(bottom - middle).toBeCloseTo((middle - top) / 2, 1)
    expect(ticks[0]).toEqual({ value: 0, y: middle })
  })

  it('stays in its frame whatever the traffic, and shows a single refusal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5_000), fc.nat(5_000)), { minLength: 1, maxLength: 40 }),
        (pairs) => {
          const { accepted, rejected } = layRiver(
            series(
              START,
              pairs.map(([yes]) => yes),
              pairs.map(([, no]) => no),
            ),
            60,
          )
          for (const [, y] of `${accepted}${rejected}`.matchAll(/V([\d.-]+)/g)) {
            expect(Number(y)).toBeGreaterThanOrEqual(-0.01)
            expect(Number(y)).toBeLessThanOrEqual(100.01)
          }
        },
      ),
    )
    const { rejected, middle } = layRiver(series(START, [1_000, 0], [0, 1]), 60)
    expect(rejected).toContain(`V${Math.round((middle + 0.8) * 100) / 100}`)
  })

  it('reads the interval under the pointer', () => {
    const known = series(START, [1, 2, 3, 4], [0, 0, 7, 0])
    expect(readAt(known, 0.6)).toEqual({ at: iso(START + 2), accepted: 3, rejected: 7 })
    expect(readAt(known, 1)).toMatchObject({ accepted: 4 })
  })

  it('writes whole minutes under it', () => {
    const { times } = layRiver(series(START + 30, new Array<number>(120).fill(0)), 60)
    expect(times).toEqual([
      { at: iso(START + 60), x: 25 },
      { at: iso(START + 120), x: 75 },
    ])
  })
})

describe('pins', () => {
  const hour = series(START, new Array<number>(360).fill(0), undefined, 10)

  it('stand where an incident opened and closed', () => {
    const [pin] = pinsOf(hour, [incident(iso(START + 900), iso(START + 1_800))])
    expect(pin).toMatchObject({ from: 25, to: 50, begins: true, ends: true, row: 0 })
  })

  it('run from the edge when it began before, to the other while it lasts, and leave out what is over', () => {
    const pins = pinsOf(hour, [
      incident(iso(START - 900)),
      incident(iso(START - 900), iso(START - 60)),
      incident(iso(START + 900)),
    ])
    expect(pins).toHaveLength(2)
    expect(pins[0]).toMatchObject({ from: 0, to: 100, begins: false, ends: false, row: 0 })
    expect(pins[1]).toMatchObject({ from: 25, row: 1 })
  })
})

describe('the words', () => {
  it('add the slots of each minute up, the newest first', () => {
    const slots = series(START, [1, 1, 1, 1, 1, 1, 5], [0, 0, 0, 0, 0, 2, 0], 10)
    expect(minutesOf(slots)).toEqual([
      { at: iso(START + 60), accepted: 5, rejected: 0 },
      { at: iso(START), accepted: 6, rejected: 2 },
    ])
  })

  it('sum the last minute up in a sentence', () => {
    const known = traffic(series(START, [1]))
    const windows = [
      { seconds: 60, accepted: 12, rejected: 1, reasons: [], latency: { p50: 4.2, p95: 8, p99: 20 } },
    ]
    expect(summaryOf({ ...known, windows })).toBe(
      'À 10:00 : 12\u00a0codes acceptés, 1\u00a0refusé dans la dernière minute ; délai médian 4,2\u00a0ms ; aucun incident ouvert.',
    )
    expect(windowOf([], 60)).toMatchObject({ accepted: 0, latency: null })
  })

  it('word delays and relays', () => {
    expect([formatMs(null), formatMs(4.25), formatMs(1_300)]).toEqual(['–', '4,3\u00a0ms', '1,3\u00a0s'])
    expect(relayName('sign_in')).toBe('Connexion à Vigie')
    expect(relayName('Portail ARENA')).toBe('Portail ARENA')
  })
})
