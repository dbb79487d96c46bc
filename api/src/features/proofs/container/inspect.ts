import type { Entry, ZipFile } from 'yauzl'
import { CONTAINER } from '../limits.ts'
import type { MediaType } from '../media-types.ts'
import { officeTypeOf, type Parts } from './office.ts'
import { readEntries, type Spent } from './read-entries.ts'
import { refusalOfContainer, refuseContainer } from './refusal.ts'

/** Sees each chunk of each inflated part; throws to refuse the file. */
export type Look = () => (chunk: Uint8Array) => void

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const KEPT = /^(\[Content_Types\]\.xml|mimetype|META-INF\/manifest\.xml)$/i
/** Programs, whatever their name: Windows, ELF, Mach-O, scripts. */
const PROGRAM = [Buffer.from('MZ'), Buffer.from('\u007fELF', 'latin1'), Buffer.from('#!')]

/**
 * Opens a container entirely, within bounds. In: its bytes, and who else looks at each part. Out: the office document
 * that it is. Errors: `unsupported_media` when it is none, or for what it hides (macros, programs, archives, bombs).
 */
export const inspectContainer = (content: Buffer, look: Look): Promise<MediaType> =>
  inspectAt(content, look, 0, { entries: 0, inflatedBytes: 0 })

async function inspectAt(content: Buffer, look: Look, depth: number, spent: Spent): Promise<MediaType> {
  const { zip, entries } = await readEntries(content, spent)
  const parts: Parts = { names: entries.map(({ fileName }) => fileName), texts: new Map() }
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue
    const kept = await inflate(zip, entry, look(), spent).catch((error: unknown) => {
      throw refusalOfContainer(error)
    })
    if (kept === null) continue
    if (!startsWith(kept, ZIP)) parts.texts.set(entry.fileName, kept.toString('utf8'))
    else if (depth >= CONTAINER.depth) refuseContainer('nested')
    else await inspectAt(kept, look, depth + 1, spent)
  }
  return officeTypeOf(parts) ?? refuseContainer('archive')
}

const startsWith = (content: Buffer, magic: Buffer) => content.subarray(0, magic.length).equals(magic)

/** Out: the bytes of a part that is to be read or that is itself a container; null otherwise. */
async function inflate(
  zip: ZipFile,
  entry: Entry,
  see: (chunk: Uint8Array) => void,
  spent: Spent,
): Promise<Buffer | null> {
  const stream = await zip.openReadStreamPromise(entry)
  const chunks: Buffer[] = []
  let size = 0
  let keep: boolean | undefined
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    spent.inflatedBytes += chunk.length
    if (spent.inflatedBytes > CONTAINER.inflatedBytes) refuseContainer('bomb')
    if (size > CONTAINER.ratioFloorBytes && size > entry.compressedSize * CONTAINER.ratio)
      refuseContainer('bomb')
    see(chunk)
    keep ??= isKept(entry, chunk)
    if (!keep) continue
    if (size > CONTAINER.partBytes) refuseContainer('bomb')
    chunks.push(chunk)
  }
  return keep ? Buffer.concat(chunks) : null
}

/** Judges a part by its first bytes. */
function isKept(entry: Entry, first: Buffer): boolean {
  if (startsWith(first, COMPOUND)) refuseContainer(/vbaProject/i.test(entry.fileName) ? 'macros' : 'active')
  if (PROGRAM.some((magic) => startsWith(first, magic))) refuseContainer('active')
  return KEPT.test(entry.fileName) || startsWith(first, ZIP)
}
