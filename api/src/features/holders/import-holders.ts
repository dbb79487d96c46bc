import { readHolders, type HolderRecord } from '@vigie/collectors'
import { schema, type Identity } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { readUploaded } from '../keys/uploaded-table.ts'
import { insertHolder, prepareHolder, refuseOthersHolders } from './create-holder.ts'
import { loginOf } from './holder-input.ts'
import { rowOf } from './holder-row.ts'
import type { HolderImportReport } from './schema.ts'
import { applyChange } from './update-holder.ts'

type Outcome = 'created' | 'updated' | 'unchanged'

const COLUMNS: Readonly<Record<string, string>> = {
  '/login': 'identifiant',
  '/displayName': 'nom',
  '/communeCode': 'code_insee',
  '/function': 'fonction',
}

/**
 * Registers or updates the holders of a file, each line by itself: a refused line changes nothing, and nobody is removed.
 * Errors: `forbidden`, `invalid_input` when the file as a whole cannot be read.
 */
export async function importHolders(ctx: Context, file: unknown): Promise<HolderImportReport> {
  const identity = authorise(ctx.actor, 'key:manage')
  const lines = await readUploaded(file, readHolders)
  const tally = { created: 0, updated: 0, unchanged: 0 }
  const refusals: { line: number; field: string; reason: string }[] = []
  for (const line of lines) {
    if (line.kind === 'refused') {
      refusals.push({ line: line.line, field: line.field, reason: line.reason })
      continue
    }
    try {
      tally[await importLine(ctx, identity, line.record)] += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const [first] = error.errors
      const field = COLUMNS[first?.pointer ?? ''] ?? first?.pointer.slice(1) ?? 'identifiant'
      refusals.push({ line: line.line, field, reason: error.detail })
    }
  }
  await write(ctx, identity, (tx) =>
    record(tx, ctx, {
      action: 'holder.imported',
      subject: { kind: 'holder_import', id: ctx.random.uuid() },
      details: { rows: lines.length, ...tally, refused: refusals.length },
    }),
  )
  return { rows: lines.length, ...tally, refused: refusals.length, refusals }
}

async function importLine(ctx: Context, identity: Identity, input: HolderRecord): Promise<Outcome> {
  const { place, accountId } = await prepareHolder(ctx, identity, input)
  const { otpHolder } = schema
  return write(ctx, identity, async (tx) => {
    const [known] = await tx
      .select()
      .from(otpHolder)
      .where(and(eq(otpHolder.academie, place.academie), eq(otpHolder.login, loginOf(input))))
    if (!known) {
      if (await insertHolder(tx, ctx, input, place, accountId)) return 'created'
      throw new AppError('conflict', 'cet identifiant est celui d’un porteur d’un autre périmètre')
    }
    if (known.erasedAt) throw new AppError('conflict', 'la fiche de ce porteur a été effacée')
    if ((known.kind === 'mairie') !== (input.function === 'mairie'))
      throw new AppError('conflict', 'cet identifiant est celui d’une mairie')
    refuseOthersHolders(ctx, { function: known.holderFunction }, known)
    const row = rowOf(input, place, accountId ?? known.accountId)
    const kept = {
      mail: row.mail ?? known.mail,
      callBackNumber: row.callBackNumber ?? known.callBackNumber,
      company: row.company ?? known.company,
    }
    return (await applyChange(tx, ctx, known, { ...row, ...kept }, undefined)) ? 'updated' : 'unchanged'
  })
}
