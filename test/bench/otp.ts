import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { createToken } from '@vigie/api/features/tokens/create-token.ts'
import { contextOf } from '../support/deps.ts'
import { generate } from './otp-generator.ts'
import type { ClientOrder } from './otp-client.ts'
import { pgbenchRate } from './otp-pgbench.ts'
import { sharesOf, type CpuProfile } from './otp-profile.ts'
import { fillHolders, PIN, readCounters } from './otp-rows.ts'
import { openStage, type ServeProcess, type Stage } from './otp-stage.ts'

const HOLDERS = 4_000
const CONCURRENCY = 16
const SECONDS = Number(process.env['VIGIE_BENCH_SECONDS'] ?? 15)
const WARM_UP = Math.min(5, SECONDS / 2)
const GOAL = { ratio: 1 / 3, share: 0.7, p99: 25 }

const french = (value: number, digits = 0) =>
  value.toLocaleString('fr-FR', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const verdict = (reached: boolean) => (reached ? 'atteint' : 'NON ATTEINT')
const load = () => `charge ${french(loadavg()[0] ?? NaN, 1)}`

async function profile(stage: Stage): Promise<string[]> {
  const [file] = (await readdir(stage.directory)).filter((name) => name.endsWith('.cpuprofile'))
  const read = JSON.parse(await readFile(join(stage.directory, file!), 'utf8')) as CpuProfile
  return sharesOf(read)
    .filter(({ share }) => share >= 0.005)
    .map(({ part, share }) => `  ${french(share * 100, 1).padStart(5)} %  ${part}`)
}

/**
 * The verification path over HTTP and pgbench on the same two statements, at the same concurrency on the same rows;
 * then the delay at 70 % of saturation, and where the server's time goes.
 */
export async function benchOtp(url: string): Promise<{ name: string; lines: string[] }> {
  const stage = await openStage(url)
  try {
    const { deps } = stage
    const { id, token } = await createToken(contextOf(deps), {
      name: 'Portail des essais',
      scope: 'otp:verify',
      perimeter: { kind: 'academie', code: '98' },
      expiresInDays: 1,
    })
    const holders = await fillHolders(deps, { hotp: HOLDERS })
    await deps.db.ensureMonths('journal_entry', [deps.clock.now()])
    const lines = [
      `${availableParallelism()} processeurs pour PostgreSQL, Vigie et le générateur ; ${CONCURRENCY} à la fois ; ${SECONDS} s par mesure`,
    ]
    const drive = async (server: ServeProcess, options: Partial<ClientOrder> = {}) => {
      await readCounters(deps.db, holders)
      const report = await generate({
        url: server.url,
        token,
        pin: PIN,
        holders,
        connections: CONCURRENCY,
        seconds: SECONDS,
        warmUpSeconds: WARM_UP,
        ...options,
      })
      const refused = Object.entries(report.others)
      if (refused.length > 0)
        lines.push(
          `RÉPONSES INATTENDUES : ${refused.map(([status, count]) => `${count} × ${status}`).join(', ')}`,
        )
      return report
    }
    const pgbench = await pgbenchRate({
      url: stage.databaseUrl,
      directory: stage.directory,
      token: id,
      first: Number(holders[0]!.login),
      holders: HOLDERS,
      clients: CONCURRENCY,
      seconds: SECONDS,
    })
    lines.push(`pgbench, les deux mêmes requêtes : ${french(pgbench)} vérifications/s (${load()})`)
    const server = await stage.serve()
    await drive(server, { seconds: WARM_UP, warmUpSeconds: 0 })
    const before = server.processorSeconds()
    const closed = await drive(server, { warmUpSeconds: 0 })
    const after = server.processorSeconds()
    const ratio = closed.perSecond / pgbench
    lines.push(
      `HTTP : ${french(closed.perSecond)} vérifications/s, p50 ${french(closed.p50, 1)} ms, p99 ${french(closed.p99, 1)} ms (${load()})`,
      ...(before === null || after === null
        ? []
        : [
            `processeur de Vigie : ${french(((after - before) / closed.accepted) * 1e6)} µs par vérification`,
          ]),
      `rapport ${french(ratio, 2)} (but : au moins 0,33), ${verdict(ratio >= GOAL.ratio)}`,
    )
    const rate = Math.floor(closed.perSecond * GOAL.share)
    const open = await drive(server, { rate, connections: 64 })
    lines.push(
      `à 70 % de la saturation, ${french(rate)} arrivées/s : ${french(open.perSecond)} acceptées/s, p50 ${french(open.p50, 1)} ms, ` +
        `p95 ${french(open.p95, 1)} ms, p99 ${french(open.p99, 1)} ms (but : 25 ms au plus), ${verdict(open.p99 <= GOAL.p99)} (${load()})`,
    )
    await server.stop()
    const profiled = await stage.serve(['--cpu-prof', `--cpu-prof-dir=${stage.directory}`])
    await drive(profiled, { seconds: Math.min(SECONDS, 8) })
    await profiled.stop()
    lines.push('Temps processeur de Vigie par poste :', ...(await profile(stage)))
    return { name: 'Vérification des codes', lines }
  } finally {
    await stage.close()
  }
}
