import { spawn } from 'node:child_process'
import { randomUUID, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { startSyslogListener, type SyslogListener } from '@vigie/api/syslog-listener'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anAuthority, RECEIVER, type Identity } from './rsyslog.ts'

const WORKER = { role: 'vigie_worker' } as const
const clock = { now: () => new Date() }

let directory: string
let db: Database
let deps: ReturnType<typeof depsOn>
let listener: SyslogListener
let [known, printed, unknown, foreign, devious]: Identity[] = []
let ca: string
let uai: string
const lines: string[] = []
/** While it stands, no batch can be committed. */
let dam: Promise<void> | null = null

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-syslog-'))
  db = await aDatabase()
  const authority = await anAuthority(join(directory, 'certs'))
  const other = await anAuthority(join(directory, 'other'))
  ca = authority.ca
  const receiver = await authority.issue(RECEIVER)
  known = await authority.issue('connue.exemple.fr')
  printed = await authority.issue('empreinte.exemple.fr')
  unknown = await authority.issue('inconnue.exemple.fr')
  foreign = await other.issue('connue.exemple.fr')
  devious = await authority.issue('devieuse.exemple.fr', ['x, DNS:connue.exemple.fr, DNS:y'])
  uai = await anEtablissement().college().insert(db)
  await aSource({ certificateName: 'connue.exemple.fr' })
  await aSource({ fingerprint: fingerprintOf(printed) })
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const dammed: Database = {
    ...db,
    transact: async (identity, work) => {
      await dam
      return db.transact(identity, work)
    },
  }
  deps = depsOn(dammed, { clock, log })
  listener = await startSyslogListener(deps, {
    ...{ host: '127.0.0.1', port: 0, maxConnections: 20, maxConnectionsOfOne: 18 },
    tls: {
      cert: readFileSync(receiver.cert),
      key: readFileSync(receiver.key),
      ca: readFileSync(authority.ca),
    },
  })
})
afterAll(async () => {
  await listener?.close()
  await db?.close()
  await rm(directory, { recursive: true, force: true })
})

const fingerprintOf = ({ cert }: Identity) =>
  new X509Certificate(readFileSync(cert)).fingerprint256.replaceAll(':', '').toLowerCase()

async function aSource(identity: { certificateName: string } | { fingerprint: string }): Promise<string> {
  const id = randomUUID()
  const row = { id, uai, label: 'Serveur', createdAt: new Date(), createdBy: randomUUID(), ...identity }
  await db.transact(WORKER, (tx) => tx.insert(schema.logSource).values(row))
  return id
}

const sourceOf = async (certificateName: string) => {
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.logSource).where(eq(schema.logSource.certificateName, certificateName)),
  )
  return rows[0]?.id ?? ''
}

const received = async () => {
  const rows = await db.transact(WORKER, (tx) => tx.select().from(schema.logHour))
  return rows.reduce((total, row) => total + row.received, 0)
}

const metric = async (line: string) =>
  (await deps.metrics.registry.metrics()).split('\n').find((text) => text.startsWith(line)) ?? ''

/** Opens a connection as a machine does. */
const aPeer = (identity: Identity | undefined, options: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host: '127.0.0.1', port: listener.port, ca: readFileSync(ca), servername: RECEIVER },
      ...(identity ? { cert: readFileSync(identity.cert), key: readFileSync(identity.key) } : {}),
      ...options,
    })
    socket.once('secureConnect', () => resolve(socket))
    socket.on('error', reject)
  })

/** Out: true when the other side ended it within two seconds. */
const isEnded = (socket: TLSSocket): Promise<boolean> =>
  Promise.race([
    new Promise<boolean>((resolve) => {
      socket.on('close', () => resolve(true))
      socket.resume()
    }),
    pause(2_000, false),
  ])

const frame = (text: string) => `${Buffer.byteLength(text)} ${text}`
const HEADER = () => `<86>1 ${new Date().toISOString()} srv sshd - -`

/** `openssl s_client`: what it writes, once it ends or after three seconds. */
function sClient(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('openssl', [
      ...['s_client', '-connect', `127.0.0.1:${listener.port}`, '-CAfile', ca, '-quiet', ...args],
    ])
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const late = setTimeout(() => child.kill(), 3_000)
    child.on('exit', () => {
      clearTimeout(late)
      resolve(output)
    })
    child.stdin.on('error', () => {})
    child.stdin.write(frame(`${HEADER()} - refused`))
  })
}

describe('who may speak', () => {
  it('refuses a peer without a certificate, whatever its version of TLS', async () => {
    expect(await sClient('-tls1_3')).toMatch(/alert certificate required/)
    expect(await sClient('-tls1_2')).toMatch(/alert handshake failure|alert bad certificate/)
    expect(await metric('syslog_refused_peers_total{reason="no_certificate"}')).toMatch(/ [12]$/)
    expect(await received()).toBe(0)
  })

  it('refuses what is older than TLS 1.2', async () => {
    await expect(aPeer(known, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow()
  })

  it('refuses a certificate of another authority, even under a known name', async () => {
    const socket = await aPeer(foreign).catch(() => null)
    if (socket) expect(await isEnded(socket)).toBe(true)
    expect(await metric('syslog_refused_peers_total{reason="untrusted"}')).toMatch(/ 1$/)
  })

  it('refuses a certificate of the authority that no source has, and names its fingerprint only', async () => {
    const socket = await aPeer(unknown)
    expect(await isEnded(socket)).toBe(true)
    expect(await metric('syslog_refused_peers_total{reason="unknown"}')).toMatch(/ 1$/)
    expect(lines.join('')).toContain(fingerprintOf(unknown!))
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|inconnue/)
  })

  it('refuses a certificate one name of which holds that of another machine', async () => {
    expect(new X509Certificate(readFileSync(devious!.cert)).subjectAltName).toContain('DNS:connue.exemple.fr')
    const before = await received()
    const socket = await aPeer(devious)
    socket.write(frame(`${HEADER()} - usurped`))
    expect(await isEnded(socket)).toBe(true)
    expect(await received()).toBe(before)
  })

  it('tells a burst of refusals in few lines', async () => {
    const before = lines.length
    for (let peer = 0; peer < 5; peer++) await isEnded(await aPeer(unknown))
    expect(lines.length - before).toBeLessThanOrEqual(1)
  })

  it('hears a source by its name or by its fingerprint', async () => {
    const before = await received()
    for (const identity of [known, printed]) {
      const socket = await aPeer(identity)
      socket.end(frame(`${HEADER()} - heard`))
    }
    await expect.poll(received, { timeout: 5_000 }).toBe(before + 2)
  })

  it('stops hearing a source that is put aside', async () => {
    const id = await aSource({ certificateName: 'inconnue.exemple.fr' })
    const before = await received()
    const socket = await aPeer(unknown)
    socket.write(frame(`${HEADER()} - in time`))
    await expect.poll(received, { timeout: 5_000 }).toBe(before + 1)
    const ended = isEnded(socket)
    const { logSource } = schema
    await db.transact(WORKER, (tx) =>
      tx.update(logSource).set({ disabledAt: new Date() }).where(eq(logSource.id, id)),
    )
    socket.write(frame(`${HEADER()} - too late`))
    expect(await ended).toBe(true)
    await db.transact(WORKER, (tx) => tx.delete(logSource).where(eq(logSource.id, id)))
  })

  it('leaves room for the others when one source opens connection after connection', async () => {
    const peers = await Promise.all(Array.from({ length: 18 }, () => aPeer(known)))
    await expect.poll(() => metric('syslog_connections ')).toMatch(/ 18$/)
    const before = await metric('syslog_refused_peers_total{reason="too_many"}')
    const excess = await aPeer(known)
    expect(await isEnded(excess)).toBe(true)
    expect(await metric('syslog_refused_peers_total{reason="too_many"}')).not.toBe(before)
    const counted = await received()
    const other = await aPeer(printed)
    other.end(frame(`${HEADER()} - heard`))
    await expect.poll(received, { timeout: 5_000 }).toBe(counted + 1)
    for (const peer of peers) peer.destroy()
    await expect.poll(() => metric('syslog_connections ')).toMatch(/ 0$/)
  })

  it('accepts no more connections than it was told', async () => {
    const refusedBefore = Number(
      (await metric('syslog_refused_peers_total{reason="too_many"}')).split(' ')[1],
    )
    const peers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => aPeer(place % 2 === 0 ? known : printed)),
    )
    await expect(aPeer(known)).rejects.toThrow()
    expect(Number((await metric('syslog_refused_peers_total{reason="too_many"}')).split(' ')[1])).toBe(
      refusedBefore + 1,
    )
    for (const peer of peers) peer.destroy()
    await expect.poll(() => metric('syslog_connections ')).toMatch(/ 0$/)
  })
})

describe('what is sent', () => {
  it('ends a connection whose messages are ended by a line feed', async () => {
    const socket = await aPeer(known)
    socket.write(`${HEADER()} - no frame\n`)
    expect(await isEnded(socket)).toBe(true)
    expect(await metric('syslog_broken_connections_total{reason="newline_framing"}')).toMatch(/ 1$/)
  })

  it('outlives malformed messages, and messages too long', async () => {
    const before = await received()
    const socket = await aPeer(known)
    socket.write(frame('pas un message') + frame('x'.repeat(200_000)) + frame(`${HEADER()} - whole`))
    await expect.poll(received, { timeout: 5_000 }).toBe(before + 3)
    socket.destroy()
  })

  it('reads no more from a RELP peer that does not take its answers', async () => {
    const socket = await aPeer(known)
    socket.pause()
    socket.write('1 open 0\n')
    const chunk = '2 inconnue 0\n'.repeat(5_000)
    const chunks = 600
    let written = 0
    const heap = process.memoryUsage().rss
    const feeding = (async () => {
      for (; written < chunks && !socket.destroyed; written++) {
        if (!socket.write(chunk))
          await new Promise<void>((resolve) => {
            socket.once('drain', resolve)
            socket.once('close', () => resolve())
          })
      }
    })()
    await pause(5_000)
    expect(written).toBeLessThan(chunks / 2)
    expect(process.memoryUsage().rss - heap).toBeLessThan(80 * 1024 * 1024)
    let answered = 0
    socket.on('data', (bytes: Buffer) => (answered += bytes.toString('latin1').split(' rsp ').length - 1))
    socket.resume()
    await feeding
    await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(chunks * 5_000 * 0.9)
    socket.destroy()
  })

  it('stays within bounds while the database is behind, then catches up with all of it', async () => {
    const source = await sourceOf('connue.exemple.fr')
    const before = await received()
    let open = () => {}
    const socket = await aPeer(known)
    await pause(200)
    dam = new Promise((resolve) => (open = resolve))
    const heap = process.memoryUsage().rss
    const text = 'x'.repeat(2_000)
    const messages = 40_000
    let written = 0
    const feed = async () => {
      for (; written < messages; written++) {
        const data = `[meta sequenceId="${written + 1}"][vigie@32473 epoch="dam"]`
        if (!socket.write(frame(`${HEADER()} ${data} ${text}`)))
          await new Promise<void>((resolve) => socket.once('drain', () => resolve()))
      }
    }
    const feeding = feed()
    await pause(4_000)
    const pending = Number((await metric('syslog_pending_messages')).split(' ')[1] ?? 0)
    expect(written).toBeLessThan(messages / 2)
    expect(pending).toBeLessThan(25_000)
    expect(listener.held()).toBeLessThanOrEqual(65_536)
    expect(process.memoryUsage().rss - heap).toBeLessThan(120 * 1024 * 1024)
    dam = null
    open()
    await feeding
    await expect.poll(received, { timeout: 30_000 }).toBe(before + messages)
    const rows = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.logHour).where(eq(schema.logHour.sourceId, source)),
    )
    expect(rows.reduce((total, row) => total + row.missing + row.repeated, 0)).toBe(0)
    socket.destroy()
  })
})

/** A machine that goes on writing after this side ended, whatever it is told; one message every half-second. */
const STUBBORN = `
const { connect } = require('node:tls'), { readFileSync } = require('node:fs')
const [port, ca, cert, key, name, count] = process.argv.slice(1)
const [authority, own, secret] = [ca, cert, key].map((file) => readFileSync(file))
const socket = connect({ port, host: '127.0.0.1', ca: authority, cert: own, key: secret, servername: name, allowHalfOpen: true })
socket.on('error', () => process.exit(1))
let said = 0
socket.on('secureConnect', () => setInterval(() => {
  if (said++ === Number(count)) return process.exit(0)
  const text = '<86>1 ' + new Date().toISOString() + ' srv sshd - - - obstinée'
  socket.write(Buffer.byteLength(text) + ' ' + text)
}, 500))`

describe('a stop', () => {
  it('still reads what was sent while this process was busy', async () => {
    const receiver = readFileSync(join(directory, 'certs', `${RECEIVER}.pem`))
    const stopping = await startSyslogListener(deps, {
      ...{ host: '127.0.0.1', port: 0 },
      tls: {
        cert: receiver,
        key: readFileSync(join(directory, 'certs', `${RECEIVER}.key`)),
        ca: readFileSync(ca),
      },
    })
    const before = await received()
    const sent = 12
    const child = spawn(process.execPath, [
      ...['-e', STUBBORN, String(stopping.port), ca, known!.cert, known!.key, RECEIVER, String(sent)],
    ])
    await expect.poll(received, { timeout: 15_000 }).toBeGreaterThan(before)
    const closing = stopping.close()
    // After the sockets and before the timers of the next turn: these come first when it ends.
    setImmediate(() => {
      const until = Date.now() + 2_000
      while (Date.now() < until) Math.sqrt(until)
    })
    await closing
    child.kill()
    expect(await received()).toBe(before + sent)
  })
})
