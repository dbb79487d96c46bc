import { schema, type Identity, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { dayIn } from '../deployment/calendar.ts'
import { nameAuthors } from './people.ts'
import { unknownBordereau } from './read-bordereau.ts'
import { readScanFile, type ScanFile } from './scan-file.ts'
import { presentScan, selectScans } from './scans.ts'
import { signedOnSchema, type Scan } from './schema.ts'
import { fingerprint } from './stored-file.ts'

/** Who hands keys over and who manages them may both attach; perimeters of both count. */
function authoriseAttaching(actor: Actor): Identity {
  if (!may(actor, 'key:manage')) return authorise(actor, 'key:hand_over')
  const manager = authorise(actor, 'key:manage')
  if (!may(actor, 'key:hand_over') || manager.role !== 'vigie_app') return manager
  const superior = authorise(actor, 'key:hand_over')
  return superior.role === 'vigie_app'
    ? { role: 'vigie_app', perimeters: [...manager.perimeters, ...superior.perimeters] }
    : manager
}

const invalidDate = (detail: string) =>
  new AppError('invalid_input', detail, { errors: [{ pointer: '/signedOn', detail }] })

async function readSlip(tx: Tx, id: string) {
  const { bordereau } = schema
  const [slip] = await tx
    .select({ academie: bordereau.academie, uai: bordereau.uai, createdAt: bordereau.createdAt })
    .from(bordereau)
    .where(eq(bordereau.id, id))
  if (!slip) throw unknownBordereau()
  return slip
}

function readSignedOn(given: unknown): string | null {
  const parsed = signedOnSchema.safeParse(given)
  if (!parsed.success) throw invalidDate('Date de signature : attendue sous la forme 2026-09-01.')
  return parsed.data ?? null
}

function checkSignedOn(day: string | null, from: string, to: string): void {
  if (day !== null && day < from) {
    throw invalidDate('Date de signature : le bordereau n’existait pas encore ce jour-là.')
  }
  if (day !== null && day > to) throw invalidDate('Date de signature : ce jour n’est pas encore venu.')
}

/**
 * Attaches a signed scan to its slip. Out: the scan. Errors: `forbidden`, `not_found`, `invalid_input`,
 * `payload_too_large`, `unsupported_media`, `conflict` when the same file is already there.
 */
export async function attachScan(
  ctx: Context,
  bordereauId: string,
  input: { readonly file?: unknown; readonly signedOn?: unknown },
): Promise<Scan> {
  const identity = authoriseAttaching(ctx.actor)
  const known = await ctx.db.transact(identity, (tx) => readSlip(tx, bordereauId))
  const file = await readScanFile(input.file)
  const signedOn = readSignedOn(input.signedOn)
  const zone = timeZoneOf(known.academie)
  checkSignedOn(signedOn, dayIn(known.createdAt, zone), dayIn(ctx.clock.now(), zone))
  const id = ctx.random.uuid()
  const scans = await write(ctx, identity, async (tx) => {
    await insertScan(tx, ctx, { id, bordereauId, file, signedOn })
    const rows = await selectScans(tx, bordereauId)
    await record(tx, ctx, {
      action: 'bordereau.scan_attached',
      subject: { kind: 'bordereau', id: bordereauId },
      ...(known.uai === null ? {} : { uai: known.uai }),
      details: { scan: id, sha256: fingerprint(file.content), mediaType: file.mediaType, signedOn },
    })
    return rows
  })
  const row = scans.find((scan) => scan.id === id)
  if (!row) throw unknownBordereau()
  return presentScan(row, await nameAuthors(ctx, [row.uploadedBy]))
}

async function insertScan(
  tx: Tx,
  ctx: Context,
  scan: { id: string; bordereauId: string; file: ScanFile; signedOn: string | null },
): Promise<void> {
  const { bordereauScan } = schema
  const inserted = await tx
    .insert(bordereauScan)
    .values({
      id: scan.id,
      bordereauId: scan.bordereauId,
      ...scan.file,
      sha256: fingerprint(scan.file.content),
      signedOn: scan.signedOn,
      uploadedAt: ctx.clock.now(),
      uploadedBy: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
    })
    .onConflictDoNothing()
    .returning({ id: bordereauScan.id })
  if (inserted.length === 0) {
    throw new AppError(
      'conflict',
      'Ce scan est déjà joint à ce bordereau : il n’est pas ajouté une seconde fois.',
    )
  }
}
