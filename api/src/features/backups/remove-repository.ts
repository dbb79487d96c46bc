import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { keepObserved, observe } from './refresh-backup-evidence.ts'
import { repositoriesOf } from './repository-row.ts'

/**
 * Takes off a repository that no longer exists, and its sizes; its next report would bring it back. Errors:
 * `unauthenticated`, `forbidden`, `not_found`.
 */
export async function removeRepository(ctx: Context, uai: string, repository: string): Promise<void> {
  const identity = authorise(ctx.actor, 'backup:manage')
  await prepareEvidence(ctx, [{ observedAt: ctx.clock.now() }])
  const { backupRepository, backupSize } = schema
  await write(ctx, identity, async (tx) => {
    await findEtablissement(tx, uai)
    const removed = await tx
      .delete(backupRepository)
      .where(and(eq(backupRepository.uai, uai), eq(backupRepository.repository, repository)))
      .returning({ tool: backupRepository.tool })
    if (removed.length === 0)
      throw new AppError('not_found', 'Aucun dépôt de cet établissement ne porte ce nom.')
    await tx.delete(backupSize).where(and(eq(backupSize.uai, uai), eq(backupSize.repository, repository)))
    const left = await repositoriesOf(tx, uai)
    await keepObserved(tx, ctx, uai, left, await observe(tx, uai, left))
    await record(tx, ctx, {
      action: 'backup.remove',
      subject: { kind: 'backup_repository', id: repository },
      uai,
    })
  })
}
