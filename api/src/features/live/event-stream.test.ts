import { describe, expect, it } from 'vitest'
import { encodeEvent, openSink } from './event-stream.ts'

describe('a reader’s stream', () => {
  it('refuses more for a reader that does not read, and keeps a bounded amount', () => {
    const sink = openSink(() => {})
    const frame = encodeEvent('frame', 'x'.repeat(4_000))
    let kept = 0
    while (sink.send(frame)) kept += frame.byteLength
    expect(kept).toBeLessThan(80_000)
    expect(sink.lags()).toBe(true)
  })

  it('tells when its reader leaves, and sends nothing more', async () => {
    let left = 0
    const sink = openSink(() => (left += 1))
    expect(sink.send(encodeEvent('frame', 1, 7))).toBe(true)
    const reader = sink.stream.getReader()
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toBe('id: 7\nevent: frame\ndata: 1\n\n')
    expect(sink.lags()).toBe(false)
    await reader.cancel()
    expect(left).toBe(1)
    expect(sink.send(encodeEvent('frame', 2))).toBe(false)
    sink.end(encodeEvent('bye', {}))
  })
})
