import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { startServer, type RunningServer } from '@vigie/api/server'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../architecture/project.ts'
import { openToken } from '../support/account.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'

const SCRIPT = join(ROOT, 'deploy/rsyslog/vigie-conservation.sh')
const WORKER = { role: 'vigie_worker' } as const
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

let directory: string
let db: Database
let server: RunningServer
let env: Record<string, string>
const source = randomUUID()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-conservation-'))
  db = await aDatabase()
  const deps = depsOn(db, { clock: { now: () => new Date() } })
  server = await startServer(deps, { port: 0, host: '127.0.0.1' })
  const uai = await anEtablissement().college().insert(db)
  await db.transact(WORKER, (tx) =>
    tx.insert(schema.logSource).values({
      ...{ id: source, uai, label: 'Serveur', certificateName: 'serveur.exemple.fr' },
      ...{ createdAt: new Date(), createdBy: randomUUID() },
    }),
  )
  const token = await openToken(deps, 'evidence:write', { kind: 'etablissement', code: uai })
  await writeFile(join(directory, 'jeton'), `${token}\n`)
  const line = (days: number) => `${ago(days).toISOString()} srv sshd[1]: Failed password\n`
  await writeFile(join(directory, 'auth.log.2.gz'), gzipSync(line(200)))
  await new Promise((done) => setTimeout(done, 1_100))
  await writeFile(join(directory, 'auth.log'), line(0))
  env = {
    PATH: process.env['PATH'] ?? '',
    VIGIE_URL: server.url,
    VIGIE_TOKEN_FILE: join(directory, 'jeton'),
    VIGIE_SOURCE: source,
    VIGIE_LOG_FILES: join(directory, 'auth.log*'),
    VIGIE_ARCHIVED: 'true',
  }
})
afterAll(async () => {
  await server?.close()
  await db?.close()
  await rm(directory, { recursive: true, force: true })
})

const run = async (...args: string[]) =>
  (await promisify(execFile)('sh', [SCRIPT, ...args], { env, timeout: 20_000 })).stdout
const kept = () =>
  db.transact(WORKER, (tx) => tx.select().from(schema.logStore).where(eq(schema.logStore.sourceId, source)))

it('shows what it would send, and sends nothing', async () => {
  const report = JSON.parse(await run('--essai')) as { stores: [{ oldestAt: string; source: string }] }
  expect(report.stores[0].source).toBe(source)
  expect(Math.abs(Date.parse(report.stores[0].oldestAt) - ago(200).getTime())).toBeLessThan(10_000)
  expect(await kept()).toEqual([])
})

it('tells Vigie what the machine keeps, rotated and compressed files included', async () => {
  expect(JSON.parse(await run())).toMatchObject({ recorded: true, stores: [{ retention: 'within' }] })
  const [store] = await kept()
  expect(store).toMatchObject({ archived: true })
  expect(store?.freeBytes).toBeGreaterThan(0)
  expect(store?.capacityBytes).toBeGreaterThanOrEqual(store?.freeBytes ?? Infinity)
})
