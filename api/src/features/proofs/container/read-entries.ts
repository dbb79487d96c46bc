import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { CONTAINER } from '../limits.ts'
import { refusalOfContainer, refuseContainer } from './refusal.ts'

const LOCAL_HEADER_BYTES = 30
const STORED = 0
const DEFLATED = 8
const SYMBOLIC_LINK = 0o12
const UNIX = 3

/** How much was opened so far, nested containers included. */
export interface Spent {
  entries: number
  inflatedBytes: number
}

/**
 * The entries of a container, judged before any is inflated. Errors: `unsupported_media` when it is malformed,
 * encrypted, tricks with paths, overlaps, or announces more than `CONTAINER` allows.
 */
export async function readEntries(
  content: Buffer,
  spent: Spent,
): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const zip = await fromBufferPromise(content, { strictFileNames: true }).catch(() =>
    refuseContainer('malformed'),
  )
  if (zip.entryCount > CONTAINER.entries) refuseContainer('bomb')
  const entries: Entry[] = []
  const names = new Set<string>()
  let announced = 0
  try {
    for await (const entry of zip.eachEntry()) {
      spent.entries += 1
      announced += entry.uncompressedSize
      if (spent.entries > CONTAINER.entries) refuseContainer('bomb')
      if (spent.inflatedBytes + announced > CONTAINER.inflatedBytes) refuseContainer('bomb')
      judge(entry, names)
      entries.push(entry)
    }
  } catch (error) {
    throw refusalOfContainer(error)
  }
  refuseOverlaps(entries, content.length)
  return { zip, entries }
}

function judge(entry: Entry, names: Set<string>): void {
  const name = entry.fileName.normalize('NFC').toLowerCase()
  if (/[\p{Cc}:*?"<>|]/u.test(name) || name.split('/').some((part) => part === '..' || part === '.')) {
    refuseContainer('path')
  }
  if (names.has(name)) refuseContainer('malformed')
  names.add(name)
  if (entry.isEncrypted()) refuseContainer('encrypted')
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) refuseContainer('malformed')
  const unixMode = entry.versionMadeBy >>> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0
  if (unixMode >>> 12 === SYMBOLIC_LINK) refuseContainer('path')
  const { uncompressedSize, compressedSize } = entry
  if (uncompressedSize > CONTAINER.ratioFloorBytes && uncompressedSize > compressedSize * CONTAINER.ratio) {
    refuseContainer('bomb')
  }
}

/** Entries that share bytes multiply what a small file inflates to; a hidden prefix is another file. */
function refuseOverlaps(entries: readonly Entry[], size: number): void {
  let free = 0
  for (const entry of entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  )) {
    const start = entry.relativeOffsetOfLocalHeader
    if (start < free) refuseContainer('bomb')
    if (free === 0 && start !== 0) refuseContainer('malformed')
    free = start + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize
  }
  if (free > size) refuseContainer('malformed')
}
