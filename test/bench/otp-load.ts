import { spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openToken } from '../support/account.ts'
import { generate } from './otp-generator.ts'
import { fillHolders, PIN, readCounters } from './otp-rows.ts'
import { openStage, type Stage } from './otp-stage.ts'
import { fillConformity } from './overview-rows.ts'

const FOLDER = resolve(import.meta.dirname, '../../load')
const LEGITIMATE = { hotp: 900, totp: 150 }
const VICTIMS = 400
const ETABLISSEMENTS = 1_000

/** A file that states `options` is a scenario; the others are what they share. */
const SHARED = new Set(['attack', 'codes', 'legitimate', 'target', 'verification'])
const SCENARIOS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -3))
  .filter((name) => !SHARED.has(name))

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}

/** Scenarios share holders: a TOTP code that served in the one before must not be shown again in the same step. */
const nextTotpStep = () => new Promise<void>((resolve) => setTimeout(resolve, 30_500 - (Date.now() % 30_000)))

/** Runs one scenario against a real `vigie serve`. Out: k6's exit code; a threshold that fails gives 99. */
async function play(stage: Stage, url: string, name: string, data: object, seconds: string): Promise<number> {
  const file = join(stage.directory, `${name}.json`)
  await writeFile(file, JSON.stringify({ ...data, url, pin: PIN }))
  const options = ['run', '--quiet', '--no-usage-report', '--summary-trend-stats', 'avg,med,p(95),p(99),max']
  const child = spawn('k6', [...options, join(FOLDER, `${name}.js`)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, VIGIE_LOAD_DATA: file, VIGIE_LOAD_SECONDS: seconds, NO_COLOR: '1' },
  })
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => done(code ?? 1))
  })
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '20' } },
})
const unknown = positionals.filter((name) => !SCENARIOS.includes(name))
if (unknown.length > 0) fail(`Scénario inconnu : ${unknown.join(', ')}. Scénarios : ${SCENARIOS.join(', ')}.`)
const databaseUrl = process.env['DATABASE_URL']
if (!databaseUrl) fail('Les scénarios de charge demandent un serveur PostgreSQL : DATABASE_URL=postgres://…')
if (spawnSync('k6', ['version']).status !== 0)
  fail('k6 manque : installez-le (https://grafana.com/docs/k6/latest/set-up/install-k6/), dans le PATH.')

const stage = await openStage(databaseUrl)
let failed: string[] = []
try {
  const { deps } = stage
  const academie = { kind: 'academie', code: '98' } as const
  const token = await openToken(deps, 'otp:verify', academie)
  const readerToken = await openToken(deps, 'conformity:read', academie)
  const asked = positionals.length > 0 ? positionals : SCENARIOS
  const all = await fillHolders(deps, {
    totp: LEGITIMATE.totp,
    hotp: LEGITIMATE.hotp + VICTIMS * asked.length,
  })
  if (asked.includes('mixed-with-dashboards')) await fillConformity(deps.db, ETABLISSEMENTS)
  const legitimate = [...all.slice(0, LEGITIMATE.hotp), ...all.filter(({ type }) => type === 'totp')]
  const server = await stage.serve()
  // A scenario measures a server at work, not its first second.
  const warmUp = {
    connections: 8,
    seconds: 3,
    warmUpSeconds: 0,
    holders: legitimate.slice(0, LEGITIMATE.hotp),
  }
  await generate({ url: server.url, token, pin: PIN, ...warmUp })
  for (const [rank, name] of asked.entries()) {
    await nextTotpStep()
    await readCounters(deps.db, all)
    const from = LEGITIMATE.hotp + rank * VICTIMS
    const data = { token, readerToken, holders: legitimate, victims: all.slice(from, from + VICTIMS) }
    console.log(`\n== ${name} (charge ${loadavg()[0]?.toFixed(1)})`)
    if ((await play(stage, server.url, name, data, values.seconds)) !== 0) failed = [...failed, name]
  }
} finally {
  await stage.close()
}
console.log(
  failed.length === 0 ? '\nTous les seuils sont tenus.' : `\nSeuils NON TENUS : ${failed.join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
