import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters, type CoveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findImported } from './find-framework.ts'

const { framework, frameworkControl, frameworkMapping } = schema

/** Takes an imported framework away, with its mapping. Errors: `forbidden`, `not_found`, `conflict` for one of Vigie's. */
export async function removeFramework(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'framework:import')
  const covered = await coveredPerimeters(ctx, identity)
  await write(ctx, identity, async (tx) => {
    await findOwned(tx, covered, id)
    await tx.delete(frameworkMapping).where(eq(frameworkMapping.frameworkId, id))
    await tx.delete(frameworkControl).where(eq(frameworkControl.frameworkId, id))
    await tx.delete(framework).where(eq(framework.id, id))
    await record(tx, ctx, { action: 'framework.remove', subject: { kind: 'framework', id } })
  })
}

/**
 * Says which CARINE requirements answer a control; replaces what was said before.
 * Errors: `forbidden`, `not_found`, `conflict` for a framework of Vigie's.
 */
export async function mapControl(
  ctx: Context,
  target: { framework: string; control: string },
  requirements: readonly string[],
): Promise<void> {
  const identity = authorise(ctx.actor, 'framework:import')
  const covered = await coveredPerimeters(ctx, identity)
  const { framework: id, control } = target
  await write(ctx, identity, async (tx) => {
    await findOwned(tx, covered, id)
    const ofControl = and(eq(frameworkControl.frameworkId, id), eq(frameworkControl.control, control))
    const [known] = await tx
      .select({ control: frameworkControl.control })
      .from(frameworkControl)
      .where(ofControl)
    if (!known) throw new AppError('not_found', 'Cette mesure n’existe pas dans ce référentiel.')
    await tx
      .delete(frameworkMapping)
      .where(and(eq(frameworkMapping.frameworkId, id), eq(frameworkMapping.control, control)))
    const rows = [...new Set(requirements)].map((requirement) => ({ frameworkId: id, control, requirement }))
    if (rows.length > 0) await tx.insert(frameworkMapping).values(rows)
    await record(tx, ctx, {
      action: 'framework.map',
      subject: { kind: 'framework', id },
      details: { control, requirements: rows.length },
    })
  })
}

async function findOwned(tx: Tx, covered: CoveredPerimeters, id: string): Promise<void> {
  const { academie } = await findImported(tx, id)
  if (!covered.covers({ kind: 'academie', code: academie }))
    throw new AppError('forbidden', 'Seule l’académie qui a apporté ce référentiel peut le changer.')
}
