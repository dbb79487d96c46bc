import { randomBytes } from 'node:crypto'
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPostgresql, rowsOf, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { depsOn } from '../support/deps.ts'
import { manyOtpSubjects, type ManySubject } from '../support/otp-subjects.ts'
import { CHANCE } from '../support/relying-party.ts'
import { aCluster, hasPostgresql, type Cluster } from './cluster.ts'
import { startLoad, type Load, type Told } from './load.ts'
import { freePort, serve, vigie, type VigieProcess } from './vigie-process.ts'

const ROUNDS = 20
const WORKERS = 8
/** Codes accepted before each kill: the blow falls on a path that works. */
const BETWEEN_KILLS = 120
const RECOVERY_MS = 40_000

interface Consumed {
  readonly key: string
  readonly counter: number
  readonly times: number
}

describe.skipIf(!hasPostgresql())('kill -9 under load (needs the package postgresql-15)', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vigie-chaos-'))
  const masterKey = new Uint8Array(randomBytes(32))
  let cluster: Cluster
  let env: Record<string, string>
  let url: string
  let token: string
  let subjects: ManySubject[]
  let api: VigieProcess | undefined
  let load: Load | undefined

  const inDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const db = await openPostgresql({ url: cluster.url, poolSize: 2, verificationPoolSize: 1 })
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  }

  beforeAll(async () => {
    chmodSync(scratch, 0o755)
    cluster = await aCluster(join(scratch, 'pg'), await freePort())
    const keyFile = join(scratch, 'master.key')
    writeFileSync(keyFile, masterKey, { mode: 0o600 })
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    env = {
      DATABASE_URL: cluster.url,
      VIGIE_PORT: String(port),
      VIGIE_PRODUCTION: '1',
      VIGIE_MASTER_KEY_FILE: keyFile,
      VIGIE_DATA_DIR: join(scratch, 'data'),
      VIGIE_LOG_LEVEL: 'error',
    }
    ;[token, subjects] = await inDatabase(async (db) => {
      const base = depsOn(db, { random: CHANCE, clock: { now: () => new Date() } })
      const deps = { ...base, config: { ...base.config, masterKey } }
      const hotp = await manyOtpSubjects(deps, 120)
      const totp = await manyOtpSubjects(deps, 40, { type: 'totp', period: 5 })
      return [await openToken(deps, 'otp:verify', { kind: 'academie', code: '98' }), [...hotp, ...totp]]
    })
    api = await serve(env, url)
  })

  afterAll(async () => {
    await load?.stop().catch(() => {})
    await api?.kill()
    await cluster?.remove()
    rmSync(scratch, { recursive: true, force: true })
  })

  async function untilAccepted(more: number, round: number): Promise<void> {
    const [from, deadline] = [load!.accepted(), Date.now() + RECOVERY_MS]
    while (load!.accepted() < from + more) {
      if (Date.now() > deadline || api!.ended())
        throw new Error(
          `the load does not go on: ${load!.accepted() - from} accepted, ${load!.unanswered()} unanswered, round ${round}\n${api!.output().slice(-4_000)}`,
        )
      await Promise.race([sleep(20), load!.failure])
    }
  }

  async function strike(round: number): Promise<void> {
    if (round % 2 === 0) {
      await api!.kill()
      api = await serve(env, url)
    } else if (round % 4 === 1) {
      cluster.killPostmaster()
      await cluster.start()
    } else {
      await cluster.killBackend()
    }
  }

  it(`accepts no code twice and journals every acceptance, ${ROUNDS} kills of the API and of PostgreSQL`, async () => {
    load = startLoad(url, token, subjects, WORKERS)
    for (let round = 0; round < ROUNDS; round += 1) {
      await untilAccepted(BETWEEN_KILLS, round)
      await strike(round)
    }
    await untilAccepted(BETWEEN_KILLS, ROUNDS)
    await load.stop()
    await api!.stop()

    const told = [...load.told.values()]
    expect(
      told.filter(({ accepted }) => accepted > 1),
      'codes accepted twice',
    ).toEqual([])
    expect(load.unanswered(), 'the kills fell on requests under way').toBeGreaterThan(ROUNDS)

    const { consumed, counters } = await inDatabase(readOutcome)
    expect(
      consumed.filter(({ times }) => times > 1),
      'counters consumed twice',
    ).toEqual([])
    const journalled = new Set(consumed.map(({ key, counter }) => `${key} ${counter}`))
    const missing = told.filter(
      ({ accepted, keyId, counter }) => accepted > 0 && !journalled.has(`${keyId} ${counter}`),
    )
    expect(missing, 'accepted, and not in the journal').toEqual([])
    const isUncertain = new Set(
      told.filter(({ unanswered }) => unanswered > 0).map(({ keyId, counter }) => `${keyId} ${counter}`),
    )
    const known = new Set(
      told.filter(({ accepted }) => accepted > 0).map(({ keyId, counter }) => `${keyId} ${counter}`),
    )
    const unsaid = [...journalled].filter((name) => !known.has(name) && !isUncertain.has(name))
    expect(unsaid, 'consumed, and refused to the caller').toEqual([])
    for (const [key, counter] of counters) expect(counter, key).toBe(highest(consumed, key) + 1)

    const verified = JSON.parse(await vigie(env, 'journal', 'verify', '--json')) as {
      whole: boolean
      entries: number
    }
    expect(verified).toMatchObject({ whole: true, broken: null })
    report(told, load, consumed.length)
  }, 400_000)
})

const highest = (consumed: readonly Consumed[], key: string): number =>
  consumed.reduce((most, line) => (line.key === key ? Math.max(most, line.counter) : most), -1)

async function readOutcome(db: Database): Promise<{ consumed: Consumed[]; counters: Map<string, number> }> {
  return db.asOwner(async (tx) => {
    const accepted = await tx.execute(sql`
      select details->>'key' as key, (details->>'counter')::int as counter, count(*)::int as times
      from journal_entry where action = 'otp.accepted' group by 1, 2`)
    const secrets = await tx.execute(sql`select key_id::text as key, counter::int as counter from otp_secret`)
    const rows = rowsOf<{ key: string; counter: number }>(secrets)
    return {
      consumed: rowsOf<Consumed>(accepted),
      counters: new Map(rows.map(({ key, counter }) => [key, counter])),
    }
  })
}

function report(told: readonly Told[], load: Load, consumed: number): void {
  const refused = told.reduce((sum, line) => sum + line.refused, 0)
  process.stdout.write(
    `${ROUNDS} kills: ${load.accepted()} codes accepted, ${consumed} consumed, ${refused} replays refused, ${load.unanswered()} requests without an answer\n`,
  )
}
