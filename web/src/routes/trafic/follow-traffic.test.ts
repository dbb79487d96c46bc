import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followTraffic, type FollowState, type Source } from './follow-traffic.ts'

class FakeSource implements Source {
  closed = false
  readyState = 1
  private readonly listeners = new Map<string, (event: { data?: unknown }) => void>()
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(type, listener)
  }
  close(): void {
    this.closed = true
  }
  /** The server's answer is no stream. */
  refuse(): void {
    this.readyState = 2
    this.say('error')
  }
  /** No server answers: the browser means to try again. */
  lose(): void {
    this.readyState = 0
    this.say('error')
  }
  say(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ data: data === undefined ? undefined : JSON.stringify(data) })
  }
}

let sources: FakeSource[]
let states: FollowState[]
let heard: string[]
const follow = () =>
  followTraffic({
    open: () => {
      const source = new FakeSource()
      sources.push(source)
      return source
    },
    now: () => performance.now(),
    onTraffic: () => heard.push('traffic'),
    onFrame: () => heard.push('frame'),
    onState: (state) => states.push(state),
  })
const newest = () => sources.at(-1)!

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  states = []
  heard = []
})
afterEach(() => {
  vi.useRealTimers()
})

describe('following the stream', () => {
  it('is live from the first frame, and stale after five seconds without one', () => {
    const following = follow()
    newest().say('traffic', {})
    vi.advanceTimersByTime(4_000)
    newest().say('frame', {})
    vi.advanceTimersByTime(4_900)
    expect(states).toEqual(['live'])
    vi.advanceTimersByTime(1_200)
    expect(states).toEqual(['live', 'stale'])
    newest().say('frame', {})
    expect(states).toEqual(['live', 'stale', 'live'])
    expect(heard).toEqual(['traffic', 'frame', 'frame'])
    following.stop()
  })

  it('comes back more and more slowly, and quickly again once it was heard', () => {
    const following = follow()
    const waits: number[] = []
    for (let tries = 0; tries < 7; tries += 1) {
      const opened = sources.length
      newest().say('error')
      expect(newest().closed).toBe(true)
      let waited = 0
      while (sources.length === opened) {
        vi.advanceTimersByTime(100)
        waited += 100
      }
      waits.push(waited)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000])
    newest().say('traffic', {})
    const opened = sources.length
    newest().say('error')
    vi.advanceTimersByTime(1_000)
    expect(sources.length).toBe(opened + 1)
    following.stop()
  })

  it('opens again a connection that says nothing', () => {
    const following = follow()
    newest().say('traffic', {})
    vi.advanceTimersByTime(30_000)
    expect(sources.length).toBeGreaterThan(1)
    expect(sources[0]!.closed).toBe(true)
    following.stop()
  })

  it('comes back when the server restarts, and stops for good when the right is gone', () => {
    const following = follow()
    newest().say('bye', { why: 'restart' })
    vi.advanceTimersByTime(1_000)
    expect(sources).toHaveLength(2)
    newest().say('bye', { why: 'ended' })
    vi.advanceTimersByTime(120_000)
    expect(sources).toHaveLength(2)
    expect(states.at(-1)).toBe('ended')
    following.stop()
  })

  it('says that it is refused once a server refused twice in a row, and still tries', async () => {
    const following = follow()
    newest().say('traffic', {})
    newest().lose()
    await vi.advanceTimersByTimeAsync(1_000)
    newest().refuse()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(states).not.toContain('refused')
    newest().refuse()
    expect(states.at(-1)).toBe('refused')
    await vi.advanceTimersByTimeAsync(6_000)
    expect(states.at(-1)).toBe('refused')
    expect(sources).toHaveLength(4)
    newest().say('traffic', {})
    expect(states.at(-1)).toBe('live')
    following.stop()
  })

  it('does not call a server that is away a refusal', async () => {
    const following = follow()
    newest().say('traffic', {})
    for (let times = 0; times < 4; times += 1) {
      newest().lose()
      await vi.advanceTimersByTimeAsync(30_000)
    }
    expect(states).toEqual(['live', 'stale'])
    following.stop()
  })

  it('rests while the page is hidden', () => {
    const following = follow()
    newest().say('traffic', {})
    following.suspend()
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    expect(states).toEqual(['live', 'waiting'])
    following.resume()
    expect(sources).toHaveLength(2)
    following.stop()
  })
})
