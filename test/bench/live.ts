import { createHash, randomBytes } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '@vigie/api/context'
import { schema } from '@vigie/db'
import { openAccount, openToken } from '../support/account.ts'
import { openReaders } from './live-readers.ts'
import { generate } from './otp-generator.ts'
import { fillHolders, PIN, readCounters } from './otp-rows.ts'
import { openStage } from './otp-stage.ts'

const STREAMS = 200
const PER_ACCOUNT = 5
const HOLDERS = 4_000
const CONCURRENCY = 16
const ROUNDS = Number(process.env['VIGIE_BENCH_ROUNDS'] ?? 8)
const SECONDS = Number(process.env['VIGIE_BENCH_SECONDS'] ?? 6)
const REST_SECONDS = 10
const GOAL = 0.95

const VALMONT = { kind: 'academie', code: '98' } as const

const french = (value: number, digits = 0) =>
  value.toLocaleString('fr-FR', { maximumFractionDigits: digits, minimumFractionDigits: digits })

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Sessions of people who supervise, their code shown, as many as there are streams. */
async function openSessions(deps: Deps): Promise<string[]> {
  const cookies: string[] = []
  for (let person = 0; person < STREAMS / PER_ACCOUNT; person += 1) {
    const accountId = await openAccount(deps, {
      login: `supervision.${person}`,
      password: 'phrase longue des essais',
      grants: [{ role: 'rssi', perimeter: VALMONT }],
    })
    const tokens = Array.from({ length: PER_ACCOUNT }, () => randomBytes(32).toString('base64url'))
    const now = deps.clock.now()
    await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
      tx.insert(schema.session).values(
        tokens.map((token) => ({
          tokenHash: createHash('sha256').update(token).digest('hex'),
          accountId,
          createdAt: now,
          rotatedAt: new Date(now.getTime() + 3_600_000),
          expiresAt: new Date(now.getTime() + 3_600_000),
          strength: 'otp' as const,
        })),
      ),
    )
    cookies.push(...tokens.map((token) => `vigie_session=${token}`))
  }
  return cookies
}

interface Slice {
  readonly perSecond: number
  readonly microseconds: number
  readonly p99: number
}

/**
 * Verifications over HTTP without a stream and with 200 of them, slice after slice on the same process; each round takes
 * both, the other one first every time. The streams' readers share the machine.
 */
export async function benchLive(url: string): Promise<{ name: string; lines: string[] }> {
  const stage = await openStage(url)
  try {
    const { deps } = stage
    const token = await openToken(deps, 'otp:verify', VALMONT)
    const holders = await fillHolders(deps, { hotp: HOLDERS })
    await deps.db.ensureMonths('journal_entry', [deps.clock.now()])
    const cookies = await openSessions(deps)
    const server = await stage.serve()
    const lines: string[] = []
    const slice = async (seconds = SECONDS): Promise<Slice> => {
      await readCounters(deps.db, holders)
      const before = server.processorSeconds() ?? NaN
      const report = await generate({
        url: server.url,
        token,
        pin: PIN,
        holders,
        connections: CONCURRENCY,
        seconds,
        warmUpSeconds: 0,
      })
      const used = (server.processorSeconds() ?? NaN) - before
      for (const [status, count] of Object.entries(report.others))
        lines.push(`RÉPONSES INATTENDUES : ${count} × ${status}`)
      return { ...report, microseconds: (used / report.accepted) * 1e6 }
    }
    let [frames, ended, open] = [0, 0, 0]
    const watched = async (): Promise<Slice> => {
      const readers = await openReaders({ url: server.url, cookies })
      const from = performance.now()
      await pause(1_200)
      const measured = await slice()
      open += (performance.now() - from) / 1_000
      const heard = await readers.close()
      frames += heard.frames
      ended += heard.ended
      await pause(500)
      return measured
    }
    await slice(5)
    const load = loadavg()[0] ?? NaN
    const rounds: { readonly alone: Slice; readonly streamed: Slice }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round % 2 === 0) {
        const alone = await slice()
        rounds.push({ alone, streamed: await watched() })
      } else {
        const streamed = await watched()
        rounds.push({ streamed, alone: await slice() })
      }
    }
    const atRest = async () => {
      const before = server.processorSeconds() ?? NaN
      const from = performance.now()
      await pause(REST_SECONDS * 1_000)
      return ((server.processorSeconds() ?? NaN) - before) / ((performance.now() - from) / 1_000)
    }
    const aloneAtRest = await atRest()
    const readers = await openReaders({ url: server.url, cookies })
    await pause(1_200)
    const streamedAtRest = await atRest()
    await readers.close()
    await server.stop()
    const told = (name: string, slices: readonly Slice[]) =>
      `${name} : ${french(median(slices.map(({ perSecond }) => perSecond)))} vérifications/s, ` +
      `${french(median(slices.map(({ microseconds }) => microseconds)))} µs de processeur chacune, ` +
      `p99 ${french(median(slices.map(({ p99 }) => p99)), 1)} ms`
    const ratios = rounds.map(({ alone, streamed }) => streamed.perSecond / alone.perSecond)
    const ratio = median(ratios)
    const processor = median(rounds.map(({ alone, streamed }) => streamed.microseconds / alone.microseconds))
    const heardEach = frames / (STREAMS * open)
    return {
      name: 'Vérification des codes, avec des flux ouverts',
      lines: [
        `${availableParallelism()} processeurs pour PostgreSQL, Vigie, le générateur et les lecteurs (charge ${french(load, 1)} au départ) ; ` +
          `${CONCURRENCY} à la fois ; ${ROUNDS} tours de deux tranches de ${SECONDS} s`,
        ...lines,
        told(
          'sans flux',
          rounds.map(({ alone }) => alone),
        ),
        told(
          `avec ${STREAMS} flux`,
          rounds.map(({ streamed }) => streamed),
        ),
        `${french(heardEach, 2)} trame par seconde et par flux, ${ended} flux coupés`,
        `tours : ${ratios.map((each) => french(each, 3)).join(' ; ')}`,
        `à vide, ${STREAMS} flux demandent ${french((streamedAtRest - aloneAtRest) * 100, 1)} % d’un processeur`,
        `processeur par vérification : × ${french(processor, 3)}`,
        `débit avec les flux : × ${french(ratio, 3)} (but : au moins 0,95), ${ratio >= GOAL ? 'atteint' : 'NON ATTEINT'}`,
      ],
    }
  } finally {
    await stage.close()
  }
}
