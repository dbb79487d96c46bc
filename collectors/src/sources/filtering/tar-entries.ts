import { CollectionError } from '../../collector.ts'

/** A regular file of an archive, given as its bytes come. */
export interface TarFile {
  readonly path: string
  readonly changedAt: Date
}

export interface TarSink {
  /** Out: what takes the file's bytes, null to skip it. */
  open(file: TarFile): { feed(chunk: Uint8Array): void; end(): void } | null
}

const BLOCK = 512
const DAMAGED = 'L’archive des listes est abîmée ou n’est pas au format tar. Téléchargez-la à nouveau.'
const damaged = () => new CollectionError(DAMAGED, { retryable: false })

const textOf = (header: Buffer, start: number, length: number): string => {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('latin1')
}

function octal(header: Buffer, start: number, length: number): number {
  const digits = textOf(header, start, length).trim()
  if (!/^[0-7]+$/.test(digits)) throw damaged()
  return Number.parseInt(digits, 8)
}

function checksumHolds(header: Buffer): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  return sum === octal(header, 148, 8)
}

/**
 * Reads a tar archive (POSIX ustar, POSIX.1-2017 pax, “ustar Interchange Format”) as it streams, holding one block. Links,
 * folders and extended headers are skipped. Errors: `CollectionError` when it is damaged or cut short.
 */
export async function readTar(chunks: AsyncIterable<Uint8Array>, sink: TarSink): Promise<void> {
  let held = Buffer.alloc(0)
  let left = 0
  let padding = 0
  let taking: ReturnType<TarSink['open']> = null
  let ended = false
  for await (const chunk of chunks) {
    let bytes = Buffer.concat([held, chunk])
    while (!ended) {
      if (left > 0) {
        const part = bytes.subarray(0, left)
        taking?.feed(part)
        left -= part.length
        bytes = bytes.subarray(part.length)
        if (left > 0) break
        taking?.end()
        taking = null
      }
      if (bytes.length < padding + BLOCK) break
      const header = bytes.subarray(padding, padding + BLOCK)
      bytes = bytes.subarray(padding + BLOCK)
      padding = 0
      if (header.every((byte) => byte === 0)) ended = true
      else {
        if (!checksumHolds(header)) throw damaged()
        left = octal(header, 124, 12)
        padding = (BLOCK - (left % BLOCK)) % BLOCK
        const kind = header[156]
        taking = kind === 0x30 || kind === 0 ? sink.open(fileOf(header)) : null
        if (left === 0) {
          taking?.end()
          taking = null
        }
      }
    }
    held = ended ? Buffer.alloc(0) : Buffer.from(bytes)
  }
  if (!ended) throw damaged()
}

function fileOf(header: Buffer): TarFile {
  const prefix = textOf(header, 257, 5) === 'ustar' ? textOf(header, 345, 155) : ''
  const name = textOf(header, 0, 100)
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    changedAt: new Date(octal(header, 136, 12) * 1_000),
  }
}
