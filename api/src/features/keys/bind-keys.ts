import { readBindings, type BindingRecord } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { departementOf, managerOf, superiorOf } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { foldLogin } from '../../access/password.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { createBordereau } from '../bordereaux/create-bordereau.ts'
import { findKey, type HolderRow, type KeyRow } from './key-row.ts'
import { placeName, printedAgent, printedHolder, printedKey } from './printed.ts'
import type { BindingReport } from './schema.ts'
import { transition } from './transition.ts'
import { readUploaded } from './uploaded-table.ts'

interface Bound {
  readonly key: KeyRow
  readonly holder: HolderRow
}

type Refusal = BindingReport['refusals'][number]

/**
 * Binds the keys of a file (`serie;identifiant`), each line by itself: a refused line leaves its key and its holder as
 * they were. Those bound go out with one summary slip per addressee, in the same transaction. Errors: `forbidden`,
 * `invalid_input` when the file as a whole cannot be read.
 */
export async function bindKeys(ctx: Context, file: unknown): Promise<BindingReport> {
  const identity = authorise(ctx.actor, 'key:manage')
  const lines = await readUploaded(file, readBindings)
  return write(ctx, identity, async (tx) => {
    const bound: Bound[] = []
    const refusals: Refusal[] = []
    for (const line of lines) {
      if (line.kind === 'refused') {
        const { line: at, field, reason } = line
        refusals.push({ line: at, field, reason })
        continue
      }
      const outcome = await bindLine(tx, ctx, line.record)
      if ('key' in outcome) bound.push(outcome)
      else refusals.push({ line: line.line, ...outcome })
    }
    return {
      rows: lines.length,
      bound: bound.length,
      refused: refusals.length,
      refusals,
      bordereaux: await summarise(tx, ctx, bound),
    }
  })
}

/** One line under a savepoint: all of it or nothing. */
async function bindLine(
  tx: Tx,
  ctx: Context,
  { serial, login }: BindingRecord,
): Promise<Bound | Omit<Refusal, 'line'>> {
  const [holder] = await tx
    .select()
    .from(schema.otpHolder)
    .where(eq(schema.otpHolder.login, foldLogin(login)))
    .limit(1)
  if (!holder) return { field: 'identifiant', reason: 'aucun porteur de votre périmètre n’a cet identifiant' }
  try {
    const key = await tx.transaction(async (line) =>
      transition(line, ctx, await findKey(line, serial), 'bind', { holderId: holder.id }),
    )
    return { key, holder }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { field: 'serie', reason: error.detail }
  }
}

/** To whom a bound key is sent: who will hand it over. */
function addresseeOf({ holder }: Bound): string {
  switch (superiorOf(holder.holderFunction)) {
    case 'ien':
      return `circonscription ${holder.circonscription ?? ''}`
    case 'chef_etablissement':
      return `etablissement ${holder.uai ?? ''}`
    case 'diaser':
      return `academie ${managerOf(holder.holderFunction)} ${holder.departement ?? ''}`
  }
}

async function summarise(
  tx: Tx,
  ctx: Context,
  bound: readonly Bound[],
): Promise<BindingReport['bordereaux']> {
  const slips: BindingReport['bordereaux'] = []
  for (const batch of Map.groupBy(bound, addresseeOf).values()) {
    const [first] = batch
    if (!first) continue
    const to = await addresseeName(tx, first.holder)
    const keys = []
    for (const { key, holder } of batch) {
      keys.push({ ...printedKey(key), holder: await printedHolder(tx, holder) })
    }
    const superior = superiorOf(first.holder.holderFunction)
    const slip = await createBordereau(tx, ctx, {
      kind: 'recapitulatif_remise',
      academie: first.holder.academie,
      departement: first.holder.departement,
      circonscription: superior === 'ien' ? first.holder.circonscription : null,
      uai: superior === 'chef_etablissement' ? first.holder.uai : null,
      holderId: null,
      keyIds: batch.map(({ key }) => key.id),
      content: { from: printedAgent(ctx, first.holder), to, keys },
    })
    slips.push({ bordereauId: slip.id, number: slip.number, to, keys: batch.length })
  }
  return slips
}

async function addresseeName(tx: Tx, holder: HolderRow): Promise<string> {
  switch (superiorOf(holder.holderFunction)) {
    case 'ien': {
      const name = holder.circonscription
        ? await placeName(tx, { ...holder, uai: null, communeCode: null })
        : null
      return `Circonscription ${name ?? holder.circonscription ?? 'à préciser'}`
    }
    case 'chef_etablissement':
      return (await placeName(tx, holder)) ?? `Établissement ${holder.uai ?? ''}`
    case 'diaser':
      return ['Division informatique de l’académie', departementOf(holder.departement ?? '')?.name]
        .filter((part) => part !== undefined)
        .join(', pour ')
  }
}
