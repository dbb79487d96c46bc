import { FileRefusal } from './csv-refusal.ts'
import { readKeyCsv } from './key-csv.ts'
import { KEY_FILE_LIMIT, type KeyRecord, type RefusedKey } from './key-record.ts'
import { readPskc } from './pskc.ts'

export type KeyLine =
  | { readonly kind: 'key'; readonly line: number; readonly key: KeyRecord }
  | (RefusedKey & { readonly kind: 'refused'; readonly serial: string | null })

/** What opens an encrypted file; neither is kept. */
export interface KeyFileSecrets {
  readonly password?: string | undefined
  readonly preSharedKey?: Uint8Array | undefined
}

export interface KeyFile {
  readonly format: 'pskc' | 'csv'
  readonly keys: readonly { readonly line: number; readonly key: KeyRecord }[]
  readonly refusals: readonly RefusedKey[]
}

/**
 * Reads a file of keys, PSKC (RFC 6030) or CSV. In: its bytes, what opens it, today (`YYYY-MM-DD`). Out: its keys and
 * what was refused, in the order of the lines; a serial that stands twice is refused each time, since nothing says which
 * seed the token holds. Errors: `FileRefusal` when the file as a whole cannot be read.
 */
export async function readKeyFile(
  bytes: Uint8Array,
  secrets: KeyFileSecrets,
  today: string,
): Promise<KeyFile> {
  if (bytes.length > KEY_FILE_LIMIT)
    throw new FileRefusal('le fichier dépasse 32 Mio. Découpez-le en plusieurs fichiers.')
  const format = looksLikeXml(bytes) ? 'pskc' : 'csv'
  const source = format === 'pskc' ? readPskc(bytes, secrets) : readKeyCsv(bytes, today)
  const lines: KeyLine[] = []
  for await (const line of source) lines.push(line)
  if (lines.length === 0) throw new FileRefusal('le fichier ne contient aucune clé.')
  return { format, ...sortOut(lines) }
}

function sortOut(lines: readonly KeyLine[]): Pick<KeyFile, 'keys' | 'refusals'> {
  const linesOf = new Map<string, number[]>()
  for (const item of lines) {
    const serial = item.kind === 'key' ? item.key.serial : item.serial
    if (serial !== null) linesOf.set(serial, [...(linesOf.get(serial) ?? []), item.line])
  }
  const keys: { line: number; key: KeyRecord }[] = []
  const refusals: RefusedKey[] = []
  for (const item of lines) {
    const { line } = item
    if (item.kind === 'refused') {
      refusals.push({ line, field: item.field, reason: named(item.serial, item.reason) })
      continue
    }
    const { serial } = item.key
    const others = (linesOf.get(serial) ?? []).filter((other) => other !== line)
    if (others.length === 0) keys.push({ line, key: item.key })
    else
      refusals.push({
        line,
        field: 'numero_serie',
        reason: named(
          serial,
          `ce numéro de série revient ligne ${others[0]} : gardez une seule fois chaque clé`,
        ),
      })
  }
  return { keys, refusals }
}

const named = (serial: string | null, reason: string): string =>
  serial === null ? reason : `clé ${serial.slice(0, 64)} : ${reason}`

const BOM = [0xef, 0xbb, 0xbf]

function looksLikeXml(bytes: Uint8Array): boolean {
  let at = BOM.every((byte, index) => bytes[index] === byte) ? BOM.length : 0
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at += 1
  return bytes[at] === 0x3c
}
