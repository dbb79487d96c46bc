import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a container under test; what is announced may lie. */
export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array | string
  readonly stored?: boolean
  /** Announced instead of the true one. */
  readonly inflatedBytes?: number
  /** Bit flags of the entry: 1 says that it is encrypted. */
  readonly flags?: number
  /** Unix mode, as in a symbolic link. */
  readonly mode?: number
  /** Index of an entry whose bytes this one shares. */
  readonly sharesWith?: number
}

const u16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const UTF8 = 0x800

/** A ZIP container (APPNOTE 4.3), as honest as its entries are. */
export function aZip(entries: readonly ZipEntry[], prefix: Uint8Array = new Uint8Array()): Buffer {
  const parts: Buffer[] = [Buffer.from(prefix)]
  const central: Buffer[] = []
  const offsets: number[] = []
  let at = prefix.length
  for (const entry of entries) {
    const raw = Buffer.from(entry.content)
    const data = entry.stored ? raw : deflateRawSync(raw, { level: 9 })
    const name = Buffer.from(entry.name, 'utf8')
    const common = Buffer.concat([
      u16(20),
      u16((entry.flags ?? 0) | UTF8),
      u16(entry.stored ? 0 : 8),
      u16(0),
      u16(0x5821),
      u32(crc32(raw)),
      u32(data.length),
      u32(entry.inflatedBytes ?? raw.length),
      u16(name.length),
      u16(0),
    ])
    const shared = entry.sharesWith === undefined ? undefined : offsets[entry.sharesWith]
    offsets.push(shared ?? at)
    if (shared === undefined) {
      const local = Buffer.concat([u32(0x04034b50), common, name, data])
      parts.push(local)
      at += local.length
    }
    central.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(entry.mode === undefined ? 20 : (3 << 8) | 20),
        common,
        u16(0),
        u16(0),
        u16(0),
        u32(entry.mode === undefined ? 0 : entry.mode << 16),
        u32(shared ?? offsets.at(-1)!),
        name,
      ]),
    )
  }
  const directory = Buffer.concat(central)
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(entries.length),
    u16(entries.length),
    u32(directory.length),
    u32(at),
    u16(0),
  ])
  return Buffer.concat([...parts, directory, end])
}
