import { createSocket, type Socket } from 'node:dgram'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CollectionError } from '../../collector.ts'
import { withSnmp, type SnmpDevice } from './snmp-session.ts'

const COLUMN = '1.3.6.1.2.1.2.2.1.7'
const NULL = Buffer.from([0x05, 0x00])
const opened: Socket[] = []
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close()
})

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const integer = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return tlv(0x02, bytes)
}
const oidOf = (text: string): Buffer => {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number)
  const arcs = others.flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return tlv(0x06, Buffer.from([first * 40 + second, ...arcs]))
}

/** Number of a request (RFC 3416, 3): what stands first in its GetBulkRequest. */
function numberOf(request: Buffer): number {
  const pdu = request.indexOf(0xa5)
  const long = (request[pdu + 1] ?? 0) > 127 ? (request[pdu + 1] ?? 0) & 0x7f : 0
  const at = pdu + 2 + long
  return request.readIntBE(at + 2, request[at + 1] ?? 1)
}
const answer = (request: Buffer, rows: readonly (readonly [string, Buffer])[]): Buffer =>
  tlv(
    0x30,
    tlv(0x02, Buffer.from([1])),
    tlv(0x04, Buffer.from('lecture')),
    tlv(
      0xa2,
      ...[integer(numberOf(request)), integer(0), integer(0)],
      tlv(0x30, ...rows.map(([oid, value]) => tlv(0x30, oidOf(oid), value))),
    ),
  )

/** An agent that answers each request by these datagrams. */
async function anAgent(says: (request: Buffer, asked: number) => readonly Buffer[]): Promise<SnmpDevice> {
  const socket = createSocket('udp4')
  opened.push(socket)
  let asked = 0
  socket.on('message', (request, from) => {
    asked += 1
    for (const datagram of says(request, asked)) socket.send(datagram, from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    host: '127.0.0.1',
    port: socket.address().port,
    access: { version: 'v2c', community: 'lecture' },
  }
}

/** In: a request of SNMPv3. Out: the same as a report (RFC 3412, 7.1): its PDU is the last to begin by such a tag. */
const reported = (request: Buffer): Buffer => {
  const said = Buffer.from(request)
  const pdu = Math.max(said.lastIndexOf(0xa0), said.lastIndexOf(0xa5))
  if (pdu > 0) said[pdu] = 0xa8
  return said
}

type Changes = readonly (readonly [at: number, byte: number, kind: string])[]

const altered = (sound: Buffer, changes: Changes): Buffer =>
  changes.reduce((bytes, [at, byte, kind]) => {
    const place = at % Math.max(1, bytes.length)
    if (kind === 'cut') return bytes.subarray(0, place)
    if (kind === 'add')
      return Buffer.concat([bytes.subarray(0, place), Buffer.from([byte]), bytes.subarray(place)])
    return Buffer.from(bytes.map((known, index) => (index === place ? byte : known)))
  }, sound)

const read = (device: SnmpDevice, timeoutMs = 600) =>
  withSnmp(device, timeoutMs, AbortSignal.timeout(20_000), (reader) => reader.column(COLUMN))

describe('an agent that does not play by the rules', () => {
  it('is read when it plays by them', async () => {
    const device = await anAgent((request) => [
      answer(request, [
        [`${COLUMN}.1`, integer(3)],
        [`${COLUMN}.2`, integer(1)],
        ['1.3.6.1.2.1.2.2.1.8.1', integer(1)],
      ]),
    ])
    expect(await read(device)).toEqual([
      { index: '1', value: 3 },
      { index: '2', value: 1 },
    ])
  })

  it('is given up when its column never ends, whatever stands in it', async () => {
    const device = await anAgent((request, asked) => [
      answer(
        request,
        Array.from({ length: 20 }, (_, row) => [`${COLUMN}.${asked * 20 + row}`, NULL] as const),
      ),
    ])
    await expect(read(device)).rejects.toThrow(/plus de 10 000 lignes/)
  })

  it('is given up when it answers so slowly that its column lasts', async () => {
    const device = await anAgent(() => [])
    const [socket] = opened
    let row = 0
    socket?.removeAllListeners('message')
    socket?.on('message', (request, from) => {
      row += 1
      const said = answer(request, [[`${COLUMN}.${row}`, integer(1)]])
      setTimeout(() => opened.includes(socket) && socket.send(said, from.port, from.address), 100)
    })
    const start = Date.now()
    await expect(read(device, 300)).rejects.toThrow(/trop lentement/)
    expect(Date.now() - start).toBeLessThan(6_000)
  })

  const SECURE = {
    ...{ version: 'v3', user: 'vigie', authProtocol: 'sha256', privProtocol: 'aes' },
    ...{ authKey: 'cle-authentification', privKey: 'cle-confidentialite' },
  } as const satisfies SnmpDevice['access']

  it.each([
    ['by a community', null],
    ['by an account', SECURE],
  ])(
    'never does more than fail, whatever its answer is (%s)',
    async (_, access) => {
      let changes: Changes[] = []
      const sound = (request: Buffer) => answer(request, [[`${COLUMN}.1`, integer(3)]])
      const device = await anAgent((request, asked) => [
        altered(access ? reported(request) : sound(request), changes[asked % changes.length] ?? []),
      ])
      const asking = access ? { ...device, access } : device
      const change = fc.tuple(
        fc.nat({ max: 120 }),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom('set', 'cut', 'add'),
      )
      const many = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), {
        minLength: 60,
        maxLength: 60,
      })
      await fc.assert(
        fc.asyncProperty(many, async (drawn) => {
          changes = drawn
          const readings = await Promise.allSettled(drawn.map(() => read(asking)))
          for (const reading of readings) {
            if (reading.status === 'rejected') expect(reading.reason).toBeInstanceOf(CollectionError)
          }
        }),
        { numRuns: 12 },
      )
    },
    60_000,
  )
})
