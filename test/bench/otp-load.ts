import { readdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openToken } from '../support/account.ts'
import { hasK6, playScenario, SCENARIO_FOLDER } from './k6.ts'
import { generate } from './otp-generator.ts'
import { fillHolders, PIN, readCounters } from './otp-rows.ts'
import { openStage } from './otp-stage.ts'
import { fillConformity } from './overview-rows.ts'

const LEGITIMATE = { hotp: 900, totp: 150 }
const VICTIMS = 400
const ETABLISSEMENTS = 1_000

/** A file that states `options` is a scenario; the others are what they share. */
const SHARED = new Set(['attack', 'codes', 'legitimate', 'target', 'verification'])
const SCENARIOS = readdirSync(SCENARIO_FOLDER)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -3))
  .filter((name) => !SHARED.has(name))

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}

/** Scenarios share holders: a TOTP code that served in the one before must not be shown again in the same step. */
const nextTotpStep = () => new Promise<void>((resolve) => setTimeout(resolve, 30_500 - (Date.now() % 30_000)))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '20' } },
})
const unknown = positionals.filter((name) => !SCENARIOS.includes(name))
if (unknown.length > 0) fail(`Scénario inconnu : ${unknown.join(', ')}. Scénarios : ${SCENARIOS.join(', ')}.`)
const databaseUrl = process.env['DATABASE_URL']
if (!databaseUrl) fail('Les scénarios de charge demandent un serveur PostgreSQL : DATABASE_URL=postgres://…')
if (!hasK6())
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
    const data = {
      url: server.url,
      token,
      readerToken,
      pin: PIN,
      holders: legitimate,
      victims: all.slice(from, from + VICTIMS),
    }
    console.log(`\n== ${name} (charge ${loadavg()[0]?.toFixed(1)})`)
    if ((await playScenario(stage.directory, name, data, Number(values.seconds))) !== 0)
      failed = [...failed, name]
  }
} finally {
  await stage.close()
}
console.log(
  failed.length === 0 ? '\nTous les seuils sont tenus.' : `\nSeuils NON TENUS : ${failed.join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
