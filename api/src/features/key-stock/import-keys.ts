import { createHash } from 'node:crypto'
import { FileRefusal, readKeyFile, type KeyFile, type KeyFileSecrets } from '@vigie/collectors'
import { schema, type Identity } from '@vigie/db'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { accountNames } from './account-names.ts'
import { insertKeys } from './insert-keys.ts'
import { compareKnown } from './known-keys.ts'
import { dayOf, keptAcademie, keptDepartement } from './place.ts'
import { presentImport } from './present-import.ts'
import type { ImportReport } from './schema.ts'

export interface KeyUpload extends KeyFileSecrets {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly academie: string
  /** Null or absent: the keys enter the académie's own stock. */
  readonly departement?: string | null | undefined
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

const KEPT_REFUSALS = 1_000

/**
 * Imports a file of keys, PSKC or CSV. Its good lines are written in one transaction, the others are reported; a key
 * already held keeps its counter, its seed and its state, whatever the file says. Errors: `invalid_input` when the file
 * as a whole cannot be read, `not_found` outside the perimeter, `conflict` with an import under way.
 */
export async function importKeys(ctx: Context, upload: KeyUpload): Promise<ImportReport> {
  const identity = authorise(ctx.actor, 'key:stock')
  if (upload.bytes.length === 0) throw fault('/file', 'Joignez le fichier de clés : il est absent ou vide.')
  const place = placeOf(identity, upload)
  const at = ctx.clock.now()
  const file = await readFile(upload, dayOf(at))
  const compared = await compareKnown(ctx, place.academie, file.keys)
  const refusals = [...file.refusals, ...compared.refusals].toSorted((a, b) => a.line - b.line)
  const row = {
    id: ctx.random.uuid(),
    academie: place.academie,
    format: file.format,
    fileName: upload.fileName
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200),
    sha256: createHash('sha256').update(upload.bytes).digest('hex'),
    importedAt: at,
    importedBy: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
    keys: file.keys.length + file.refusals.length,
    created: compared.fresh.length,
    unchanged: compared.unchanged,
    refused: refusals.length,
    refusals: refusals.slice(0, KEPT_REFUSALS),
  }
  await write(ctx, identity, async (tx) => {
    await tx.insert(schema.keyImport).values(row)
    await insertKeys(
      tx,
      ctx,
      compared.fresh.map(({ key }) => key),
      { ...place, importId: row.id, at },
      (done) => upload.onProgress?.({ done, total: compared.fresh.length }),
    )
    const { keys, created, unchanged, refused, format, sha256 } = row
    await record(tx, ctx, {
      action: 'key.import',
      subject: { kind: 'key_import', id: row.id },
      details: { ...place, format, sha256, keys, created, unchanged, refused },
    })
  })
  return presentImport(row, await accountNames(ctx, [row.importedBy]))
}

function placeOf(identity: Identity, { academie, departement }: KeyUpload) {
  const kept = keptAcademie(identity, academie)
  if (departement === undefined || departement === null) return { academie: kept, departement: null }
  const { code, academie: owner } = keptDepartement(identity, departement)
  if (owner !== kept) throw fault('/departement', 'Ce département n’est pas dans cette académie.')
  return { academie: kept, departement: code }
}

const fault = (pointer: string, detail: string) =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })

async function readFile(upload: KeyUpload, today: string): Promise<KeyFile> {
  try {
    return await readKeyFile(upload.bytes, upload, today)
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    const detail = `Le fichier est refusé en entier et rien n’a changé : ${error.reason}`
    const pointer = error.line === null ? '/file' : `ligne ${error.line}`
    throw new AppError('invalid_input', detail, { errors: [{ pointer, detail: error.reason }] })
  }
}
