import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, schema, type Database } from '@vigie/db'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort, serve, type VigieProcess } from '../chaos/vigie-process.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aMachine, anAuthority, RECEIVER, type Authority, type Identity, type Machine } from './rsyslog.ts'

// Real waits: a restart, and the quiet after it.
vi.setConfig({ testTimeout: 240_000 })

const WORKER = { role: 'vigie_worker' } as const
const SAID = 10_000
const BURST = 250
const EVERY_MS = 50
const QUIET_MS = 4_000

let directory: string
let authority: Authority
let receiver: Identity
let machine: Identity
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-rsyslog-'))
  authority = await anAuthority(join(directory, 'certs'))
  receiver = await authority.issue(RECEIVER)
  machine = await authority.issue('machine.exemple.fr')
})
afterAll(() => rm(directory, { recursive: true, force: true }))

interface Place {
  readonly env: Record<string, string>
  readonly url: string
  readonly syslogPort: number
  readonly data: string
  readonly metrics: string
}

/** An embedded database that knows the machine, and the settings of the Vigie that serves it. */
async function aPlace(name: string): Promise<Place> {
  const [port, syslogPort, metricsPort] = [await freePort(), await freePort(), await freePort()]
  const data = join(directory, name)
  await onDatabase(data, async (db) => {
    const uai = await anEtablissement().college().insert(db)
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.logSource).values({
        ...{ id: randomUUID(), uai, label: 'Serveur pédagogique', certificateName: 'machine.exemple.fr' },
        ...{ createdAt: new Date(), createdBy: randomUUID() },
      }),
    )
  })
  const env = {
    VIGIE_DATA_DIR: data,
    VIGIE_PORT: String(port),
    VIGIE_SYSLOG_LISTEN: `127.0.0.1:${syslogPort}`,
    VIGIE_SYSLOG_TLS_CERT_FILE: receiver.cert,
    VIGIE_SYSLOG_TLS_KEY_FILE: receiver.key,
    VIGIE_SYSLOG_TLS_CA_FILE: authority.ca,
    VIGIE_METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
    VIGIE_LOG_LEVEL: 'warn',
  }
  return {
    env,
    url: `http://127.0.0.1:${port}`,
    syslogPort,
    data,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
  }
}

async function onDatabase<T>(data: string, look: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ url: undefined, directory: data })
  try {
    return await look(db)
  } finally {
    await db.close()
  }
}

/** What Vigie kept; the service is stopped. Marks of rsyslog itself are no logins. */
const kept = (data: string) =>
  onDatabase(data, async (db) => {
    const rows = await db.transact(WORKER, (tx) => tx.select().from(schema.logHour))
    const sum = (of: (row: (typeof rows)[number]) => number) =>
      rows.reduce((total, row) => total + of(row), 0)
    return {
      accepted: sum((row) => row.loginAccepted),
      refused: sum((row) => row.loginRefused),
      structured: sum((row) => row.structured),
      received: sum((row) => row.received),
      missing: sum((row) => row.missing),
    }
  })

const lastNumber = (data: string) =>
  onDatabase(data, async (db) => {
    const rows = await db.transact(WORKER, (tx) => tx.select().from(schema.logSequence))
    return rows.reduce((total, { last }) => total + last, 0)
  })

let running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.map((part) => part.stop()))
  running = []
})
const startVigie = async ({ env, url }: Place): Promise<VigieProcess> => {
  const vigie = await serve(env, url)
  running.push(vigie)
  return vigie
}
const startMachine = async (
  place: Place,
  name: string,
  delivered: '60-vigie.conf' | '60-vigie-relp.conf',
  driver: 'gtls' | 'ossl' = 'gtls',
): Promise<Machine> => {
  const started = await aMachine({
    ...{ directory: join(directory, `machine-${name}`), delivered, driver, port: place.syslogPort },
    ...{ ca: authority.ca, identity: machine },
  })
  running.push(started)
  return started
}

/** Ten thousand lines at an even pace, while `disturb` has its way in the middle. */
async function sayWhile(sender: Machine, disturb: () => Promise<void>): Promise<void> {
  let disturbance: Promise<void> | null = null
  for (let said = 0; said < SAID; said += BURST) {
    await sender.say(BURST)
    await pause(EVERY_MS)
    if (said >= SAID / 4) disturbance ??= disturb()
  }
  await disturbance
}

/** Messages that this Vigie received, once no more come and all are committed. */
async function quiet({ metrics }: Place): Promise<void> {
  let [heard, since] = ['', Date.now()]
  const deadline = Date.now() + 60_000
  while (Date.now() - since < QUIET_MS && Date.now() < deadline) {
    const text = await (await fetch(metrics)).text()
    const now = text
      .split('\n')
      .filter((line) => /^syslog_(messages_total|pending)/.test(line))
      .join()
    if (now !== heard) [heard, since] = [now, Date.now()]
    await pause(200)
  }
}

/** Waits until the machine has sent what it kept, then stops both. */
async function settle(place: Place, vigie: VigieProcess, sender: Machine): Promise<void> {
  await quiet(place)
  await sender.stop()
  await quiet(place)
  await vigie.stop()
}

describe.each(['gtls', 'ossl'] as const)('syslog over TLS by rsyslog, driver %s', (driver) => {
  it('counts ten thousand messages once each across a restart of Vigie', async () => {
    const place = await aPlace(`restart-${driver}`)
    let vigie = await startVigie(place)
    const sender = await startMachine(place, `restart-${driver}`, '60-vigie.conf', driver)
    await sayWhile(sender, async () => {
      await vigie.stop()
      vigie = await startVigie(place)
    })
    await settle(place, vigie, sender)
    expect(await kept(place.data), sender.log()).toMatchObject({
      accepted: SAID / 2,
      refused: SAID / 2,
      missing: 0,
    })
  })
})

describe('a Vigie killed without warning', () => {
  it('loses nothing of what RELP brings: each message counts once', async () => {
    const place = await aPlace('kill-relp')
    let vigie = await startVigie(place)
    const sender = await startMachine(place, 'kill-relp', '60-vigie-relp.conf')
    await sayWhile(sender, async () => {
      await vigie.kill()
      vigie = await startVigie(place)
    })
    await settle(place, vigie, sender)
    expect(await kept(place.data), sender.log()).toMatchObject({
      accepted: SAID / 2,
      refused: SAID / 2,
      missing: 0,
    })
  })

  it('sees what syslog could not know lost, and counts nothing twice', async () => {
    const place = await aPlace('kill-syslog')
    let vigie = await startVigie(place)
    const sender = await startMachine(place, 'kill-syslog', '60-vigie.conf')
    await sayWhile(sender, async () => {
      await vigie.kill()
      vigie = await startVigie(place)
    })
    await settle(place, vigie, sender)
    const { accepted, refused, received, missing } = await kept(place.data)
    expect(accepted + refused).toBeLessThanOrEqual(SAID)
    expect(received + missing).toBe(await lastNumber(place.data))
  })
})
