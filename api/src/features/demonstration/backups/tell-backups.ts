import { createHash } from 'node:crypto'
import type { Context } from '../../../context.ts'
import { receiveReport } from '../../backups/receive-report.ts'
import { listRestoreTests } from '../../restore-tests/list-restore-tests.ts'
import { recordRestoreTest } from '../../restore-tests/record-restore-test.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'

const DAY_MS = 86_400_000
const TOWN = 'Brumeval'
/** Weeks ago at which the backup machine spoke: enough for a trend. */
const WEEKS = [6, 4, 2, 0] as const
/** Establishments of each kind: each report costs a transaction. */
const OF_EACH = 2

/** How each kind of establishment is saved: nights kept, copy away, full reading, restore tried that many days ago. */
const HABITS = {
  exemplary: { nights: 14, every: 1, remote: true, readsData: true, restoredDaysAgo: 38 },
  tired: { nights: 3, every: 3, remote: false, readsData: false, restoredDaysAgo: 210 },
} as const

type Habits = (typeof HABITS)[keyof typeof HABITS]

const isTold = (profile: string): profile is keyof typeof HABITS => Object.hasOwn(HABITS, profile)

const READ = ['load indexes', 'check all packs', 'check snapshots, trees and blobs']

/** What restic prints of one repository, that day. */
function documents(uai: string, at: Date, { nights, every, readsData }: Habits, week: number) {
  const id = createHash('sha256').update(uai).digest('hex')
  const snapshots = Array.from({ length: nights }, (_, night) => ({
    time: new Date(at.getTime() - night * every * DAY_MS - 7 * 3_600_000).toISOString(),
    hostname: `serveur-${uai.toLowerCase()}`,
    username: 'sauvegarde',
    paths: ['/srv/donnees'],
    tags: ['quotidien'],
  }))
  const output = [...READ, ...(readsData ? ['read all data'] : []), '', 'no errors were found', ''].join('\n')
  const start = 40_000_000_000 + Number.parseInt(id.slice(0, 6), 16) * 5_000
  return {
    snapshots,
    stats: { total_size: start + (6 - week) * 900_000_000 },
    config: { version: 2, id },
    keys: [{ id: 'a1' }, { id: 'b2' }],
    check: { finishedAt: new Date(at.getTime() - 10 * DAY_MS).toISOString(), exitCode: 0, output },
  }
}

/** The backup machines of one town speak each week, and a folder was brought back once. */
export async function tellBackups(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const open = items.filter(({ commune, closedOn }) => commune.name === TOWN && closedOn === null)
  for (const [profile, own] of Map.groupBy(open, (item) => item.profile)) {
    if (!isTold(profile)) continue
    for (const { uai } of own.slice(0, OF_EACH)) await tellOf(ctx, uai, HABITS[profile])
  }
}

async function tellOf(ctx: Context, uai: string, habits: Habits): Promise<void> {
  for (const week of WEEKS) {
    const at = new Date(ctx.clock.now().getTime() - week * 7 * DAY_MS)
    const report = {
      ...{ uai, repository: 'serveur', tool: 'restic', collectedAt: at.toISOString() },
      covers: ['servers', 'administration'],
      plannedIntervalHours: habits.every * 24,
      keptInFullDays: habits.nights * habits.every,
      remote: habits.remote,
      transport: habits.remote ? 'ssh' : 'none',
      documents: documents(uai, at, habits, week),
    }
    await receiveReport({ ...ctx, clock: { now: () => at } }, report, false)
  }
  // An interrupted build lives this again.
  if ((await listRestoreTests(ctx, uai)).rows.length > 0) return
  await recordRestoreTest(ctx, uai, {
    performedAt: new Date(ctx.clock.now().getTime() - habits.restoredDaysAgo * DAY_MS).toISOString(),
    performedBy: 'Référent numérique',
    restored: 'Dossier de la vie scolaire, ouvert et comparé',
    result: 'success',
    repository: 'serveur',
    durationMinutes: 15,
    comment: null,
  })
}
