import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Actor } from '@vigie/api/access'
import { startServer, type RunningServer } from '@vigie/api/server'
import { rowsOf, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateEtablissements } from '../../api/src/features/evaluation/evaluate-etablissements.ts'
import { listParc } from '../../api/src/features/parc/list-parc.ts'
import { readMachine } from '../../api/src/features/parc/read-machine.ts'
import { parcQuery } from '../../api/src/features/parc/schema.ts'
import { aClock } from '../support/clock.ts'
import { aCollectorAccount, type CollectorCredentials } from '../support/collector-account.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'

const AGENT = '/usr/bin/fusioninventory-agent'
const SECRET = 'valeur-tres-secrete-de-l-environnement'
const run = promisify(execFile)

let db: Database
let server: RunningServer
let folder: string
let uai: string
let account: CollectorCredentials
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  uai = await anEtablissement().insert(db)
  account = await aCollectorAccount(db, uai)
  server = await startServer(depsOn(db, { clock }), { port: 0, host: '127.0.0.1' })
  folder = await mkdtemp(join(tmpdir(), 'vigie-agent-'))
  await writeFile(join(folder, 'agent.cfg'), `vardir = ${folder}\n`)
})
afterAll(async () => {
  await server?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the real agent once against the server. Out: what it logged. */
async function runAgent(secret = account.secret): Promise<string> {
  const { stderr } = await run(
    AGENT,
    [
      `--conf-file=${join(folder, 'agent.cfg')}`,
      `--server=${server.url}/v1/collect/inventory`,
      `--user=${account.login}`,
      `--password=${secret}`,
      '--force',
      '--debug',
      '--debug',
      '--logger=stderr',
      '--tasks=inventory',
    ],
    { env: { PATH: process.env['PATH'] ?? '', HOME: folder, SECRET_DU_POSTE: SECRET }, timeout: 100_000 },
  )
  return stderr
}

const chef = (): Actor => ({
  kind: 'account',
  id: '00000000-0000-4000-8000-0000000000aa',
  login: 'chef',
  displayName: 'Chef',
  grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } }],
})
const parc = () => listParc(contextOf(depsOn(db, { clock }), chef()), uai, parcQuery.parse({}))

async function verdicts(): Promise<Record<string, string>> {
  await evaluateEtablissements(contextOf(depsOn(db, { clock })), [uai])
  const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.execute(sql`select requirement, verdict from requirement_status where uai = ${uai}`),
  )
  return Object.fromEntries(
    rowsOf<{ requirement: string; verdict: string }>(rows).map((row) => [row.requirement, row.verdict]),
  )
}

describe.skipIf(!existsSync(AGENT))('the FusionInventory agent of Debian', () => {
  it('says that its password is refused, and leaves the parc empty', async () => {
    await runAgent('faux').catch(() => '')
    expect((await parc()).total).toBe(0)
  })

  it('brings its machine into the parc and moves the verdicts', async () => {
    const before = await verdicts()
    const log = await runAgent()
    expect(log).not.toMatch(/\[error\]/)
    const { rows } = await parc()
    expect(rows).toHaveLength(1)
    const machine = await readMachine(contextOf(depsOn(db, { clock }), chef()), uai, rows[0]?.id ?? '')
    expect(machine.agent).toMatch(/^FusionInventory-Agent_v2/)
    expect(machine.osName).toMatch(/Debian/)
    expect(machine.software?.length).toBeGreaterThan(50)
    const after = await verdicts()
    expect(before['MCO-PAR-1'] ?? 'unknown').toBe('unknown')
    expect(after).toMatchObject({ 'MCO-PAR-1': 'compliant', 'MCO-PAR-13': 'compliant' })
    expect(before['INF-PDT-9'] ?? 'unknown').toBe('unknown')
    expect(after['INF-PDT-9']).toMatch(/^(compliant|non_compliant)$/)
  })

  it('leaves none of its secrets in the database', async () => {
    const [stored] = rowsOf<{ text: string }>(
      await db.asOwner((tx) =>
        tx.execute(sql`select concat((select json_agg(m) from machine m), (select json_agg(s) from software s),
          (select json_agg(e) from evidence e), (select json_agg(j) from journal_entry j)) as text`),
      ),
    )
    expect(stored?.text).toContain(uai)
    expect(stored?.text).not.toContain(SECRET)
    expect(stored?.text).not.toContain(account.secret)
    expect(stored?.text).not.toContain('--conf-file')
  })

  it('is the same machine on its second run', async () => {
    const [before] = (await parc()).rows
    clock.advance(24 * 3_600_000)
    await runAgent()
    const { rows } = await parc()
    expect(rows).toHaveLength(1)
    expect(rows[0]?.id).toBe(before?.id)
    expect(rows[0]?.lastInventoryAt).toBe(clock.now().toISOString())
  })
})
