import {
  readBackupReport,
  silentRepositories,
  stateOfRepository,
  type BackupReport,
  type RepositoryState,
  type Unreadable,
} from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { EVIDENCE_KEYS } from '@vigie/rules'
import { eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { recordFailure } from '../evidence/record-failure.ts'
import { COLLECTOR, keepObserved, observe } from './refresh-backup-evidence.ts'
import { presentRepository, repositoriesOf, rowOfState } from './repository-row.ts'
import type { Reading } from './schema.ts'

const UNREADABLE: Readonly<Record<Unreadable, string>> = {
  locked: 'il est verrouillé par une opération qui dure ou qui a été interrompue',
  password: 'le mot de passe est refusé',
  unreachable: 'il ne répond pas',
  other: 'l’outil a rendu une erreur',
}
/** Written by restore tests, which no report tells of. */
const OWN_KEYS = EVIDENCE_KEYS.filter((key) => key.startsWith('backup.') && key !== 'backup.restore_test_age')

function checkReport(ctx: Context, input: unknown): BackupReport {
  const reading = readBackupReport(input, ctx.clock.now())
  if ('report' in reading) return reading.report
  throw new AppError(
    'invalid_input',
    'Le relevé de sauvegarde ne peut pas être lu : rien n’a été enregistré.',
    {
      errors: reading.faults,
    },
  )
}

async function refuseUnknown(tx: Tx, uai: string): Promise<void> {
  const { etablissement } = schema
  const [found] = await tx
    .select({ uai: etablissement.uai })
    .from(etablissement)
    .where(eq(etablissement.uai, uai))
  if (found) return
  const detail = `établissement inconnu : ${uai}. Vérifiez l’identifiant, ou importez l’annuaire`
  throw new AppError('invalid_input', 'Le relevé nomme un établissement inconnu.', {
    errors: [{ pointer: '/uai', detail }],
  })
}

const namesOf = (states: readonly RepositoryState[]) =>
  states.map(({ repository }) => `« ${repository} »`).join(', ')

/**
 * Receives what a backup tool says of one repository, keeps its newest state and its size of the day, and records what
 * all repositories of the establishment prove. Errors: `unauthenticated`, `forbidden`, `invalid_input` naming every
 * fault; an establishment outside the caller's perimeter is unknown.
 */
export async function receiveReport(ctx: Context, input: unknown, dryRun: boolean): Promise<Reading> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const report = checkReport(ctx, input)
  const { uai } = report
  const tell = async (tx: Tx): Promise<Reading> => {
    await refuseUnknown(tx, uai)
    return report.facts === null ? unreadable(tx, ctx, report, dryRun) : take(tx, ctx, report, dryRun)
  }
  if (dryRun) return ctx.db.transact(identity, tell)
  await prepareEvidence(ctx, [{ observedAt: report.collectedAt }, { observedAt: ctx.clock.now() }])
  return write(ctx, identity, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('backups'), hashtext(${uai}))`)
    const reading = await tell(tx)
    await record(tx, ctx, {
      action: 'backup.report',
      subject: { kind: 'backup_repository', id: report.repository },
      uai,
      details: {
        tool: report.tool,
        recorded: reading.recorded,
        evidence: reading.evidence.length,
        ...(report.unreadable === undefined ? {} : { unreadable: report.unreadable }),
      },
    })
    return reading
  })
}

const OUTRUN = 'Un relevé plus récent de ce dépôt est déjà connu : celui-ci ne change rien.'

async function unreadable(tx: Tx, ctx: Context, report: BackupReport, dryRun: boolean): Promise<Reading> {
  const earlier = await earlierOf(tx, report)
  if (earlier && earlier.collectedAt > report.collectedAt)
    return { recorded: false, repository: presentRepository(earlier), evidence: [], notes: [OUTRUN] }
  const reason = `Le dépôt « ${report.repository} » n’a pas pu être lu : ${UNREADABLE[report.unreadable ?? 'other']}.`
  if (!dryRun) await recordFailure(tx, ctx, report.uai, OWN_KEYS, COLLECTOR, reason)
  return { recorded: !dryRun, repository: null, evidence: [], notes: [reason] }
}

const earlierOf = async (tx: Tx, { uai, repository }: BackupReport): Promise<RepositoryState | null> =>
  (await repositoriesOf(tx, uai)).find((state) => state.repository === repository) ?? null

async function take(tx: Tx, ctx: Context, report: BackupReport, dryRun: boolean): Promise<Reading> {
  const { uai, repository } = report
  const known = await repositoriesOf(tx, uai)
  const earlier = known.find((state) => state.repository === repository) ?? null
  const notes = [...(report.facts?.notes ?? [])]
  if (earlier && earlier.collectedAt > report.collectedAt) {
    notes.push(OUTRUN)
    return { recorded: false, repository: presentRepository(earlier), evidence: [], notes }
  }
  const state = stateOfRepository(report, earlier)
  const states = [...known.filter((one) => one.repository !== repository), state]
  const observations = await observe(tx, uai, states)
  const silent = silentRepositories(states)
  if (silent.length > 0)
    notes.push(
      `Sans nouvelles de ${namesOf(silent)} : les preuves de sauvegarde ne sont plus renouvelées tant que ce silence dure.`,
    )
  if (!dryRun) {
    await keepState(tx, ctx, uai, state)
    await keepObserved(tx, ctx, uai, states, observations)
  }
  return {
    recorded: !dryRun,
    repository: presentRepository(state),
    evidence: observations.map(({ key, value }) => ({ key, value })),
    notes,
  }
}

async function keepState(tx: Tx, ctx: Context, uai: string, state: RepositoryState): Promise<void> {
  const { backupRepository, backupSize } = schema
  const row = rowOfState(state, { uai, reportedAt: ctx.clock.now(), collector: COLLECTOR })
  await tx
    .insert(backupRepository)
    .values(row)
    .onConflictDoUpdate({ target: [backupRepository.uai, backupRepository.repository], set: row })
  if (state.sizeBytes === null) return
  const { repository, sizeBytes } = state
  const day = state.collectedAt.toISOString().slice(0, 10)
  await tx
    .insert(backupSize)
    .values({ uai, repository, day, sizeBytes })
    .onConflictDoUpdate({
      target: [backupSize.uai, backupSize.repository, backupSize.day],
      set: { sizeBytes },
    })
}
