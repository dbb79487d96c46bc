import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bringUp, firstSecond, frameOf, pictureOf, type Board } from './board.ts'
import { SECONDS, SLOT, sumCells, type Cell } from './cells.ts'
import { BUCKETS, bucketOf, latencyOf } from './latency.ts'

const START = 1_763_283_600

function cellOf(accepted: number, badCode: number, seconds = 0.004): Cell {
  const durations = new Array<number>(BUCKETS).fill(0)
  durations[bucketOf(seconds)] = accepted + badCode
  return { reasons: { accepted, bad_code: badCode }, durations }
}
const emptyAt = (last: number): Board => ({ seconds: new Map(), slots: new Map(), last })

describe('latency from buckets', () => {
  it('is absent without a verification, and inside the bucket of what was counted', () => {
    expect(latencyOf(new Array<number>(BUCKETS).fill(0))).toBeNull()
    fc.assert(
      fc.property(
        fc.double({ min: 0.0001, max: 2.4, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (s, n) => {
          const { durations } = cellOf(n, 0, s)
          const latency = latencyOf(durations)!
          expect(latency.p50).toBeLessThanOrEqual(latency.p95)
          expect(latency.p95).toBeLessThanOrEqual(latency.p99)
          expect(bucketOf(Math.max(latency.p99 - 0.06, 0.0001) / 1_000)).toBeLessThanOrEqual(bucketOf(s))
          expect(bucketOf((latency.p50 + 0.06) / 1_000)).toBeGreaterThanOrEqual(bucketOf(s))
        },
      ),
    )
  })

  it('tells the slow few from the many', () => {
    const { durations } = sumCells([cellOf(98, 0, 0.004), cellOf(2, 0, 0.2)])
    expect(latencyOf(durations)).toMatchObject({
      p50: expect.closeTo(3.5, 0),
      p99: expect.closeTo(200, -2) as number,
    })
  })
})

describe('the board', () => {
  it('shows each second in its place, and the hour ten seconds at a time', () => {
    const last = START + 19
    const board = emptyAt(START)
    bringUp(
      board,
      new Map([
        [START, cellOf(3, 1)],
        [START + 12, cellOf(0, 5)],
      ]),
      START,
      last,
    )
    const { seconds, hour, windows, asOf } = pictureOf(board)
    expect(asOf).toBe(new Date((last + 1) * 1_000).toISOString())
    expect(seconds.accepted).toHaveLength(SECONDS)
    expect(seconds.accepted.at(-20)).toBe(3)
    expect(seconds.rejected.at(-8)).toBe(5)
    expect(hour.accepted.slice(-2)).toEqual([3, 0])
    expect(hour.rejected.slice(-2)).toEqual([1, 5])
    for (const window of windows) expect(window).toMatchObject({ accepted: 3, rejected: 6 })
    expect(windows[0]!.reasons).toEqual([
      { reason: 'bad_code', count: 6 },
      { reason: 'accepted', count: 3 },
    ])
  })

  it('counts a second that a process wrote late, once', () => {
    const board = emptyAt(START)
    bringUp(board, new Map([[START + 1, cellOf(2, 0)]]), START, START + 3)
    bringUp(board, new Map([[START + 1, cellOf(5, 0)]]), START, START + 4)
    expect(pictureOf(board).windows[0]).toMatchObject({ accepted: 5, rejected: 0 })
  })

  it('loses nothing between frames, whatever is missed of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 30, maxLength: 60 }),
        fc.integer({ min: 1, max: 25 }),
        (traffic, missed) => {
          const board = emptyAt(START - 1)
          const cells = new Map(traffic.map(([yes, no], rank) => [START + rank, cellOf(yes, no)]))
          const seen = new Map<number, number>()
          let since = START - 1
          traffic.forEach((_, rank) => {
            const last = START + rank
            const from = Math.max(START, Math.min(board.last + 1, last - 11))
            bringUp(board, cells, from, last)
            if (rank % missed !== 0 && rank !== traffic.length - 1) return
            const { seconds } = frameOf(board, since)
            const first = Date.parse(seconds.from) / 1_000
            seconds.accepted.forEach((count, index) => seen.set(first + index, count))
            since = last
          })
          traffic.forEach(([yes], rank) => expect(seen.get(START + rank)).toBe(yes))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('keeps no more than five minutes of seconds and an hour of slots', () => {
    const board = emptyAt(START)
    const cells = new Map<number, Cell>()
    for (let last = START; last < START + 4_000; last += 7) {
      cells.set(last, cellOf(1, 0))
      bringUp(board, cells, Math.max(START, last - 11), last)
    }
    expect(Math.min(...board.seconds.keys())).toBeGreaterThanOrEqual(firstSecond(board.last))
    expect(board.slots.size).toBeLessThanOrEqual(3_600 / SLOT)
    expect(pictureOf(board).windows[2]!.accepted).toBeCloseTo(3_600 / 7, -1)
  })
})
