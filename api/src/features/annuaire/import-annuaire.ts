import { FileRefusal, readAnnuaire, type AnnuaireRecord } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { academieOf } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { followDirectory } from '../holders/follow-directory.ts'
import { closeAbsent } from './close-absent.ts'
import { countedBytes } from './counted-bytes.ts'
import { ImportTally, type ImportProgress, type ImportReport, type RefusedLine } from './import-report.ts'
import { upsertEtablissements } from './upsert-etablissements.ts'

const BATCH_ROWS = 1_000

export interface AnnuaireFile {
  readonly stream: AsyncIterable<Uint8Array>
  readonly fileName: string
  readonly onProgress?: (progress: ImportProgress) => void
  /** Code of an académie whose establishments absent from the file are closed. */
  readonly closeAbsent?: string
}

/**
 * Imports the open-data annuaire in one transaction: all of it or nothing. A refused row leaves its establishment as
 * it was; nothing is ever deleted. Errors: `invalid_input` when the file as a whole cannot be read.
 */
export async function importAnnuaire(ctx: Context, file: AnnuaireFile): Promise<ImportReport> {
  const identity = authorise(ctx.actor, 'territory:import')
  const closing = file.closeAbsent === undefined ? null : academieToClose(file.closeAbsent)
  const id = ctx.random.uuid()
  const source = countedBytes(file.stream)
  const tally = new ImportTally()
  const startedAt = ctx.clock.now()
  try {
    return await write(ctx, identity, async (tx) => {
      await tx.insert(schema.annuaireImport).values({
        id,
        fileName: file.fileName,
        sha256: '',
        startedAt,
        finishedAt: startedAt,
        rows: 0,
        ...tally.changes,
        refused: 0,
      })
      const seen = await readInto(tx, ctx, id, tally, source, file.onProgress, closing)
      if (closing !== null) tally.add(await closeOthers(tx, closing, seen, startedAt))
      await followDirectory(tx, ctx)
      const figures = { rows: tally.rows, ...tally.changes, refused: tally.refused }
      const report = { id, fileName: file.fileName, sha256: source.sha256(), ...figures }
      await tx
        .update(schema.annuaireImport)
        .set({ sha256: report.sha256, finishedAt: ctx.clock.now(), ...figures })
        .where(eq(schema.annuaireImport.id, id))
      await record(tx, ctx, {
        action: 'annuaire.import',
        subject: { kind: 'annuaire', id },
        details: { fileName: file.fileName, sha256: report.sha256, closeAbsent: closing, ...figures },
      })
      return { ...report, skipped: tally.skipped, refusals: tally.refusals }
    })
  } catch (error) {
    throw error instanceof FileRefusal ? fileProblem(error) : error
  }
}

/** Writes the lines batch by batch. Out: the UAI that the file names, when some must be closed. */
async function readInto(
  tx: Tx,
  ctx: Context,
  id: string,
  tally: ImportTally,
  source: ReturnType<typeof countedBytes>,
  onProgress: AnnuaireFile['onProgress'],
  closing: string | null,
): Promise<Set<string>> {
  const at = ctx.clock.now()
  const seen = new Set<string>()
  let records: AnnuaireRecord[] = []
  let refusals: RefusedLine[] = []
  const flush = async () => {
    if (records.length > 0) tally.add(await upsertEtablissements(tx, records, at))
    if (refusals.length > 0)
      await tx
        .insert(schema.annuaireRefusal)
        .values(refusals.map((refusal) => ({ importId: id, ...refusal })))
    records = []
    refusals = []
    onProgress?.({ bytes: source.bytes(), rows: tally.rows })
  }
  for await (const line of readAnnuaire(source.stream, at.toISOString().slice(0, 10))) {
    tally.rows += 1
    const uai = line.kind === 'record' ? line.record.uai : line.uai
    if (closing !== null && uai !== null) seen.add(uai)
    if (line.kind === 'record') records.push(line.record)
    else if (line.kind === 'skipped') tally.skip(line.label)
    else {
      const refusal = { line: line.line, field: line.field, reason: line.reason }
      tally.refuse(refusal)
      refusals.push(refusal)
    }
    if (records.length + refusals.length >= BATCH_ROWS) await flush()
  }
  await flush()
  return seen
}

function academieToClose(code: string): string {
  const academie = academieOf(code)
  if (academie) return academie.code
  throw new AppError(
    'invalid_input',
    `L’académie « ${code} » est inconnue : donnez son code à deux chiffres, comme 16.`,
  )
}

/** A file that would close the whole of an académie is surely the wrong file. */
async function closeOthers(
  tx: Tx,
  academie: string,
  seen: ReadonlySet<string>,
  at: Date,
): Promise<{ closed: number }> {
  const { closed, open } = await closeAbsent(tx, academie, seen, at)
  if (closed === 0 || open > 0) return { closed }
  throw new AppError(
    'invalid_input',
    `Le fichier ne contient aucun établissement de l’académie ${academie} : les fermer tous n’est pas permis. Vérifiez le fichier.`,
  )
}

function fileProblem({ line, reason }: FileRefusal): AppError {
  const detail = `Le fichier est refusé en entier et rien n’a changé : ${reason}`
  return line === null
    ? new AppError('invalid_input', detail)
    : new AppError('invalid_input', detail, { errors: [{ pointer: `ligne ${line}`, detail: reason }] })
}
