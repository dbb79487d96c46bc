import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadedHolder } from './otp-rows.ts'

/** What a run asks: as many requests as the connections carry, or as many arrivals per second. */
export interface ClientOrder {
  readonly url: string
  readonly token: string
  readonly pin: string
  readonly holders: readonly LoadedHolder[]
  readonly connections: number
  readonly seconds: number
  /** Not measured. */
  readonly warmUpSeconds: number
  /** Arrivals per second; absent, each connection sends when it is answered. */
  readonly rate?: number
}

export interface ClientReport {
  readonly accepted: number
  readonly others: Readonly<Record<string, number>>
  readonly perSecond: number
  /** Milliseconds, from the arrival: waiting for a free connection counts. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** RFC 4226, section 5.3. */
function hotp(seed: Buffer, counter: number): string {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac('sha1', seed).update(moving).digest()
  const offset = digest[19]! & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** One keep-alive connection that carries one request at a time; opened again when the server closed it at rest. */
function aConnection(url: URL, token: string) {
  let pending: ((status: string) => void) | null = null
  let heard = ''
  const answer = (status: string) => {
    pending?.(status)
    pending = null
    heard = ''
  }
  const open = (): Socket =>
    connect(Number(url.port), url.hostname)
      .setNoDelay(true)
      .on('error', () => answer('error'))
      .on('end', () => answer('closed'))
      .on('data', (chunk) => {
        heard += chunk.toString('latin1')
        const end = heard.indexOf('\r\n\r\n')
        if (end < 0) return
        const length = Number(/content-length: (\d+)/i.exec(heard.slice(0, end))?.[1] ?? 0)
        if (heard.length >= end + 4 + length) answer(heard.slice(9, 12))
      })
  let socket = open()
  return {
    send: (body: string) =>
      new Promise<string>((resolve) => {
        if (socket.destroyed || socket.readableEnded) socket = open()
        pending = resolve
        socket.write(
          `POST /v1/otp/verifications HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n` +
            `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        )
      }),
    close: () => socket.destroy(),
  }
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN

/** Sends right codes, each holder's one after the other, and measures the answers. */
async function play(order: ClientOrder): Promise<ClientReport> {
  const url = new URL(order.url)
  const connections = Array.from({ length: order.connections }, () => aConnection(url, order.token))
  const holders = order.holders.map((holder) => ({ ...holder, seed: Buffer.from(holder.seed, 'hex') }))
  let turn = 0
  const nextBody = () => {
    const number = turn++ % holders.length
    const holder = holders[number]!
    const code = hotp(holder.seed, holder.counter++)
    const source = `198.51.${100 + (number >> 8)}.${number & 255}`
    return JSON.stringify({ login: holder.login, pin: order.pin, code, source })
  }
  const start = performance.now()
  const from = start + order.warmUpSeconds * 1_000
  const until = from + order.seconds * 1_000
  const times: number[] = []
  const others: Record<string, number> = {}
  let accepted = 0
  const note = (status: string, arrival: number) => {
    if (arrival < from || arrival >= until) return
    times.push(performance.now() - arrival)
    if (status === '204') accepted += 1
    else others[status] = (others[status] ?? 0) + 1
  }
  if (order.rate === undefined) {
    await Promise.all(
      connections.map(async ({ send }) => {
        for (let at = performance.now(); at < until; at = performance.now()) note(await send(nextBody()), at)
      }),
    )
  } else {
    const free = [...connections]
    const waiting: number[] = []
    const underWay = new Set<Promise<void>>()
    const carry = async (connection: (typeof connections)[number], arrival: number) => {
      for (let at: number | undefined = arrival; at !== undefined; at = waiting.shift())
        note(await connection.send(nextBody()), at)
      free.push(connection)
    }
    const arrive = (at: number) => {
      const connection = free.shift()
      if (!connection) return void waiting.push(at)
      const job = carry(connection, at).finally(() => underWay.delete(job))
      underWay.add(job)
    }
    for (let sent = 0; performance.now() < until;) {
      const due = Math.min(until, performance.now())
      for (
        let at = start + (sent * 1_000) / order.rate;
        at <= due;
        at = start + (sent * 1_000) / order.rate
      ) {
        arrive(at)
        sent += 1
      }
      await pause(1)
    }
    await Promise.all(underWay)
  }
  for (const connection of connections) connection.close()
  times.sort((a, b) => a - b)
  return {
    accepted,
    others,
    perSecond: accepted / order.seconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    max: times.at(-1) ?? NaN,
  }
}

if (import.meta.main) {
  let order = ''
  for await (const chunk of process.stdin) order += String(chunk)
  process.stdout.write(JSON.stringify(await play(JSON.parse(order) as ClientOrder)))
}
