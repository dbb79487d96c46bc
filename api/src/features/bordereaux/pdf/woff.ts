import { inflateSync } from 'node:zlib'

const HEADER = { woff: 44, sfnt: 12 } as const
const ENTRY = { woff: 20, sfnt: 16 } as const

const padded = (length: number): number => (length + 3) & ~3

interface Table {
  /** Tag, and checksum of the uncompressed table. */
  readonly tag: Buffer
  readonly checksum: number
  readonly content: Buffer
}

function tablesOf(woff: Buffer): Table[] {
  const count = woff.readUInt16BE(12)
  return Array.from({ length: count }, (_, index) => {
    const at = HEADER.woff + index * ENTRY.woff
    const offset = woff.readUInt32BE(at + 4)
    const compressed = woff.readUInt32BE(at + 8)
    const length = woff.readUInt32BE(at + 12)
    const content = woff.subarray(offset, offset + compressed)
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      content: compressed < length ? inflateSync(content) : content,
    }
  })
}

/** In: a font in WOFF 1.0. Out: the same font uncompressed, whose glyphs are read without inflating it again. */
export function sfntOf(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font')
  const tables = tablesOf(woff)
  const directory = HEADER.sfnt + tables.length * ENTRY.sfnt
  const total = tables.reduce((sum, { content }) => sum + padded(content.length), directory)
  const sfnt = Buffer.alloc(total)
  const power = Math.floor(Math.log2(tables.length))
  woff.copy(sfnt, 0, 4, 8)
  sfnt.writeUInt16BE(tables.length, 4)
  sfnt.writeUInt16BE(16 * 2 ** power, 6)
  sfnt.writeUInt16BE(power, 8)
  sfnt.writeUInt16BE(16 * (tables.length - 2 ** power), 10)
  let offset = directory
  tables.forEach(({ tag, checksum, content }, index) => {
    const at = HEADER.sfnt + index * ENTRY.sfnt
    tag.copy(sfnt, at)
    sfnt.writeUInt32BE(checksum, at + 4)
    sfnt.writeUInt32BE(offset, at + 8)
    sfnt.writeUInt32BE(content.length, at + 12)
    content.copy(sfnt, offset)
    offset += padded(content.length)
  })
  return sfnt
}
