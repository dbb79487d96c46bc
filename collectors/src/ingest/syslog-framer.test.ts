import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSyslogFramer, FramingFault, type FrameReader, type SyslogFrame } from './syslog-framer.ts'
import { createRelpFramer, relpResponse, RELP_OPENING } from './syslog-relp.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/syslog/${name}`, import.meta.url))

const texts = (frames: readonly SyslogFrame[]) =>
  frames.map((frame) => (frame.kind === 'message' ? frame.bytes.toString() : `oversize ${frame.length}`))

/** Cuts bytes at the places given, and gives them to a reader one piece after another. */
function pushCut<F>(reader: FrameReader<F>, bytes: Uint8Array, cuts: readonly number[]): F[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const edges = [0, ...places, bytes.length]
  return edges.slice(1).flatMap((to, index) => reader.push(bytes.subarray(edges[index], to)))
}

const octets = (text: string) =>
  Buffer.concat([Buffer.from(`${Buffer.byteLength(text)} `), Buffer.from(text)])
const message = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
const cuts = fc.array(fc.nat(), { maxLength: 30 })

describe('octet counting', () => {
  it('reads what rsyslog sent over TLS, lengths counted in bytes', () => {
    const frames = texts(createSyslogFramer().push(fixture('gtls-tls.raw')))
    expect(frames).toHaveLength(4)
    expect(frames[1]).toContain('user=élève')
    expect(frames.every((text) => text.endsWith('\n'))).toBe(true)
  })

  it('gives the same messages however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), cuts, (messages, places) => {
        const bytes = Buffer.concat(messages.map(octets))
        expect(texts(pushCut(createSyslogFramer(), bytes, places))).toEqual(
          messages.map((text) => Buffer.from(text).toString()),
        )
      }),
    )
  })

  it('skips a message that is too long without holding it, and reads the next one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 33, max: 300 }), cuts, (length, places) => {
        const framer = createSyslogFramer(32)
        const bytes = Buffer.concat([octets('x'.repeat(length)), octets('y')])
        expect(texts(pushCut(framer, bytes, places))).toEqual([`oversize ${length}`, 'y'])
        expect(framer.held()).toBe(0)
      }),
    )
  })

  it('tolerates a line feed between two frames', () => {
    expect(texts(createSyslogFramer().push(Buffer.from('1 a\n2 bc\n')))).toEqual(['a', 'bc'])
  })

  it('refuses messages that are ended by a line feed instead', () => {
    expect(() => createSyslogFramer().push(fixture('gtls-tcp-lf.raw'))).toThrow(
      expect.objectContaining({ reason: 'newline_framing' }) as Error,
    )
  })

  it('either reads hostile bytes or refuses them, and holds no more than one message', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 }), (chunks) => {
        const framer = createSyslogFramer(64)
        try {
          for (const chunk of chunks) {
            framer.push(chunk)
            expect(framer.held()).toBeLessThanOrEqual(64)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FramingFault)
        }
      }),
    )
    for (const text of ['0 a', ' a', '12a', '99999999 a', 'GET / HTTP/1.1'])
      expect(() => createSyslogFramer().push(Buffer.from(text))).toThrow(FramingFault)
  })
})

const relp = (transaction: number, command: string, text: string) =>
  Buffer.concat([
    Buffer.from(`${transaction} ${command} ${Buffer.byteLength(text)}${text === '' ? '' : ' '}`),
    Buffer.from(`${text}\n`),
  ])

describe('RELP', () => {
  it('gives the same requests however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), cuts, (messages, places) => {
        const requests = ['', ...messages]
        const bytes = Buffer.concat(requests.map((text, index) => relp(index + 1, 'syslog', text)))
        const frames = pushCut(createRelpFramer(), bytes, places)
        expect(frames.map(({ transaction, bytes: content }) => [transaction, content?.toString()])).toEqual(
          requests.map((text, index) => [index + 1, Buffer.from(text).toString()]),
        )
      }),
    )
  })

  it('is told apart from octet counting by its first bytes', () => {
    const opening = relp(1, 'open', 'relp_version=0')
    expect(opening.toString().startsWith(RELP_OPENING)).toBe(true)
    expect(() => createSyslogFramer().push(opening)).toThrow(FramingFault)
  })

  it('skips a content that is too long, keeping its number', () => {
    const framer = createRelpFramer(16)
    const frames = framer.push(Buffer.concat([relp(1, 'syslog', 'x'.repeat(20)), relp(2, 'syslog', 'y')]))
    expect(frames.map(({ transaction, bytes }) => [transaction, bytes?.toString() ?? null])).toEqual([
      [1, null],
      [2, 'y'],
    ])
  })

  it('refuses what is no request', () => {
    for (const text of ['1 open', 'a b c d ', '1 syslog 5\n', '1 syslog 1 ab', `1 ${'x'.repeat(80)}`]) {
      const framer = createRelpFramer()
      const push = () => framer.push(Buffer.from(`${text}${' '.repeat(3)}`))
      expect(push).toThrow(FramingFault)
    }
  })

  it('answers with the length of its data', () => {
    expect(relpResponse(12, '200 OK').toString()).toBe('12 rsp 6 200 OK\n')
  })
})
