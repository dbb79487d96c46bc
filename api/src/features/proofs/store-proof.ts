import { schema, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { and, eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { fingerprint } from '../bordereaux/stored-file.ts'
import { findOpenEtablissement, monthsAfter, personOf } from '../declarations/target.ts'
import { dayIn } from '../deployment/calendar.ts'
import { judgeFile, type GivenFile, type JudgedFile } from './judge-file.ts'
import { isUnattached, presentProofs, withCitations, type ProofRow } from './present-proof.ts'
import { scannersOf } from './scanner/scanner.ts'
import { proofFields, type StoredProof } from './schema.ts'

const { proof, proofContent } = schema

/** A document may be dated ahead, as a contract that starts next year; older than this, it is a slip of the pen. */
const AHEAD_MONTHS = 12
const EARLIEST = '1980-01-01'

export interface ProofInput {
  /** A file of a form, or bytes with a name. */
  readonly file?: unknown
  readonly description?: unknown
  /** Day from which the document holds. */
  readonly effectiveOn?: unknown
  /** Requirement for which it is sent; the declaration that cites it says so for good. */
  readonly requirement?: unknown
}

/**
 * Stores a document as a proof of an establishment, after it was judged and scanned, in one transaction. The same file
 * is kept once per establishment. Errors: `forbidden`, `not_found`, `invalid_input`, `payload_too_large`,
 * `unsupported_media`, `unavailable` when the configured antivirus does not answer.
 */
export async function storeProof(
  ctx: Context,
  target: { readonly uai: string },
  input: ProofInput,
): Promise<StoredProof> {
  const identity = authorise(ctx.actor, 'proof:write')
  const person = personOf(ctx)
  const place = await ctx.db.transact(identity, (tx) => findOpenEtablissement(tx, target.uai))
  const { description, requirement, effectiveOn } = fieldsOf(input)
  checkDay(effectiveOn ?? null, ctx.clock.now(), timeZoneOf(place.academie))
  const { maxBytes, clamd } = ctx.config.proofs
  const file = await judgeFile(await givenFile(input.file), { maxBytes, scanners: scannersOf(clamd) })
  const row: ProofRow = {
    id: ctx.random.uuid(),
    uai: place.uai,
    ...rowOf(file),
    description: description ?? null,
    effectiveOn: effectiveOn ?? null,
    uploadedAt: ctx.clock.now(),
    uploadedBy: person,
  }
  const { cited, alreadyHeld } = await write(ctx, identity, async (tx) => {
    const kept = await keepOnce(tx, row, file.content)
    await record(tx, ctx, {
      action: kept === row ? 'proof.store' : 'proof.store_again',
      subject: { kind: 'proof', id: kept.id },
      uai: place.uai,
      details: {
        sha256: row.sha256,
        mediaType: row.mediaType,
        sizeBytes: row.sizeBytes,
        ...(requirement ? { requirement } : {}),
      },
    })
    return { cited: await withCitations(tx, [kept]), alreadyHeld: kept !== row }
  })
  const [shown] = await presentProofs(ctx, cited)
  return { ...shown!, alreadyHeld }
}

const rowOf = ({ fileName, media, content, scanner }: JudgedFile) => ({
  fileName,
  mediaType: media.type,
  sizeBytes: content.length,
  sha256: fingerprint(content),
  scanner,
})

/**
 * Two uploads of one file wait for each other; the second finds the first. Until something cites it, what is told last
 * counts and its wait begins anew; then it stays as it was cited, save what was never told.
 */
async function keepOnce(tx: Tx, row: ProofRow, content: Buffer): Promise<ProofRow> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`proof ${row.uai} ${row.sha256}`}, 0))`,
  )
  const [held] = await tx
    .select()
    .from(proof)
    .where(and(eq(proof.uai, row.uai), eq(proof.sha256, row.sha256)))
    .for('update')
  if (!held) {
    await tx.insert(proof).values(row)
    await tx.insert(proofContent).values({ proofId: row.id, content })
    return row
  }
  const [free] = await tx
    .select({ id: proof.id })
    .from(proof)
    .where(and(eq(proof.id, held.id), isUnattached))
  const [last, first] = free ? [row, held] : [held, row]
  const told = {
    ...{ uploadedAt: last.uploadedAt, uploadedBy: last.uploadedBy },
    description: last.description ?? first.description,
    effectiveOn: last.effectiveOn ?? first.effectiveOn,
  }
  await tx.update(proof).set(told).where(eq(proof.id, held.id))
  return { ...held, ...told }
}

async function givenFile(part: unknown): Promise<GivenFile> {
  if (part instanceof File) return { name: part.name, content: new Uint8Array(await part.arrayBuffer()) }
  const given = part as Partial<GivenFile> | null | undefined
  if (typeof given === 'object' && typeof given?.name === 'string' && given.content instanceof Uint8Array) {
    return { name: given.name, content: given.content }
  }
  const detail = 'Choisissez un fichier à joindre (champ « file »).'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/file', detail }] })
}

function fieldsOf({ description, effectiveOn, requirement }: ProofInput) {
  const parsed = proofFields.safeParse({ description, effectiveOn, requirement })
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    detail: message,
  }))
  throw new AppError('invalid_input', errors.map(({ detail }) => detail).join(' ; '), { errors })
}

function checkDay(day: string | null, now: Date, zone: string): void {
  if (day === null) return
  const fault = (detail: string) =>
    new AppError('invalid_input', detail, { errors: [{ pointer: '/effectiveOn', detail }] })
  if (day > dayIn(monthsAfter(now, AHEAD_MONTHS), zone)) {
    throw fault(`Date d’effet : au plus ${AHEAD_MONTHS} mois à venir. Vérifiez l’année.`)
  }
  if (day < EARLIEST) throw fault('Date d’effet : antérieure à 1980. Vérifiez l’année.')
}
