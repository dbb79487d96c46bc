import type { Context } from '@vigie/api/context'
import { evaluateAll } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { recordset, type Database } from '@vigie/db'
import { CHECKS, EVIDENCE, expiryOf, REQUIREMENTS, type EvidenceKey, type EvidenceValue } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { contextOf, depsOn } from '../support/deps.ts'

const AT = new Date('2026-11-16T09:00:00Z')
const HOUR = 3_600_000
/** The embedded database shares the process, hence its memory: it is measured on a tenth. */
const SIZES = { postgresql: [3_000, 30_000], pglite: [300, 3_000] } as const
const CHUNK = 250
const GOAL = { ratio: 11, megabytes: 512 }
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const KEYS = [...new Set(CHECKS.flatMap(({ needs }) => needs))]

/** UAI of the bench's own range: more establishments than the fictional 099 range holds. */
function uaiOf(number: number): string {
  const digits = String(9_000_000 + number).padStart(7, '0')
  return `${digits}${LETTERS[Number(digits) % 23]}`
}

function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function valueOf(key: EvidenceKey, next: () => number): EvidenceValue {
  const { type, unit } = EVIDENCE[key]
  if (type === 'boolean') return next() < 0.8
  if (unit === 'ratio') return 1 - next() ** 2
  if (unit !== '1') return Math.round(next() * 200)
  return key.endsWith('.count') || key.endsWith('_count') ? 120 : Math.round(100 + next() * 20)
}

/** Four keys out of five known, one in ten of those already stale: what a deployed académie looks like. */
function evidenceOf(uai: string, seed: number) {
  const next = sequence(seed)
  return KEYS.flatMap((key) => {
    const fate = next()
    const value = valueOf(key, next)
    if (fate < 0.2) return []
    const observedAt = AT.getTime() - EVIDENCE[key].freshnessHours * HOUR * (fate < 0.28 ? 1.5 : next() * 0.9)
    return [
      {
        uai,
        key,
        value,
        observed_at: new Date(observedAt).toISOString(),
        expires_at: new Date(expiryOf(key, observedAt)).toISOString(),
      },
    ]
  })
}

/** Inserts establishments and their newest evidence directly: the bench measures evaluation, not ingestion. */
async function fill(db: Database, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, to - start) }, (_, offset) => start + offset)
    const rows = numbers.map((number) => ({
      uai: uaiOf(number),
      degree: number % 4 === 0 ? 'd2' : 'd1',
      type: number % 4 === 0 ? 'college' : 'ecole_primaire',
    }))
    const evidence = numbers.flatMap((number) => evidenceOf(uaiOf(number), number + 1))
    await db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.execute(sql`
        insert into etablissement (uai, name, type, degree, sector, commune_code, commune, departement, academie, region,
          collectivite, state, created_at, updated_at)
        select r.uai, 'École des Essais', r.type, r.degree, 'public', '99001', 'Villeneuve-les-Essais', '991', '98', '98',
          'commune:99001', 'ouvert', now(), now()
        from ${recordset(rows, 'r(uai text, type text, degree text)')}`)
      await tx.execute(sql`
        insert into evidence_current (uai, key, value, observed_at, received_at, expires_at, source, collector)
        select r.uai, r.key, r.value, r.observed_at, r.observed_at, r.expires_at, 'bench', 'bench'
        from ${recordset(evidence, 'r(uai text, key text, value jsonb, observed_at timestamptz, expires_at timestamptz)')}`)
    })
  }
}

interface Timed {
  readonly seconds: number
  readonly changes: number
  readonly peakMegabytes: number
}

async function timed(ctx: Context): Promise<Timed> {
  let peak = process.memoryUsage().rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 50)
  const start = performance.now()
  const { changes } = await evaluateAll(ctx, {
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss)
    },
  })
  clearInterval(watch)
  return { seconds: (performance.now() - start) / 1_000, changes, peakMegabytes: peak / 2 ** 20 }
}

const emptied = (db: Database) =>
  db.asOwner((tx) =>
    tx.execute(sql`truncate requirement_status, status_change, service_rollup, etablissement_score, score_history,
      evaluation_due, evidence_current, etablissement`),
  )
const analysed = (db: Database) => db.query('analyze')

const french = (value: number, digits = 0) =>
  value.toLocaleString('fr-FR', { maximumFractionDigits: digits, minimumFractionDigits: digits })

/** First and second full evaluation of 3,000 then 30,000 establishments × 163: time, ratio and peak memory. */
export async function benchEvaluate(db: Database): Promise<{ name: string; lines: string[] }> {
  const ctx = contextOf(depsOn(db, { clock: { now: () => AT } }))
  const lines: string[] = []
  const firsts: Timed[] = []
  for (const size of SIZES[db.engine]) {
    await emptied(db)
    await fill(db, 0, size)
    await analysed(db)
    const first = await timed(ctx)
    const again = await timed(ctx)
    firsts.push(first)
    const rate = (size * REQUIREMENTS.length) / first.seconds
    lines.push(
      `${french(size)} établissements × ${REQUIREMENTS.length} : ${french(first.seconds, 1)} s la première fois ` +
        `(${french(rate)} verdicts/s, ${french(first.changes)} changements), ${french(again.seconds, 1)} s ensuite`,
    )
  }
  const [small, large] = firsts
  if (small && large) {
    const ratio = large.seconds / small.seconds
    lines.push(
      `rapport ${french(ratio, 1)} pour 10 fois plus (but : au plus ${GOAL.ratio}), ${ratio <= GOAL.ratio ? 'atteint' : 'NON ATTEINT'}`,
    )
    const peak = Math.max(small.peakMegabytes, large.peakMegabytes)
    lines.push(
      `mémoire au plus haut : ${french(peak)} Mio (but : moins de ${GOAL.megabytes}), ${peak < GOAL.megabytes ? 'atteint' : 'NON ATTEINT'}`,
    )
  }
  return { name: 'Évaluation sur la base', lines }
}
