import { FileRefusal, NOT_UTF8 } from './csv-refusal.ts'

const HEAD_BYTES = 65_536
const LF = 0x0a
const SEPARATORS = [';', ',', '\t'] as const

export type Separator = (typeof SEPARATORS)[number]

/** Passes the bytes on unchanged, or throws `FileRefusal` at the first that is not UTF-8. */
export async function* onlyUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const check = (chunk?: Uint8Array) => {
    try {
      if (chunk) decoder.decode(chunk, { stream: true })
      else decoder.decode()
    } catch {
      throw new FileRefusal(NOT_UTF8, line)
    }
  }
  for await (const chunk of chunks) {
    check(chunk)
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) line += 1
    yield chunk
  }
  check()
}

/** In: the bytes of a file. Out: its first line (at most 64 KiB), and all of its bytes again. */
export async function peekFirstLine(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ firstLine: string; all: AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  while (size < HEAD_BYTES && !held.at(-1)?.includes(LF)) {
    const next = await iterator.next()
    if (next.done) break
    held.push(next.value)
    size += next.value.byteLength
  }
  const head = Buffer.concat(held).subarray(0, HEAD_BYTES)
  const end = head.indexOf(LF)
  async function* all() {
    try {
      yield* held.splice(0)
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { firstLine: head.subarray(0, end < 0 ? head.length : end).toString('utf8'), all: all() }
}

/** The separator that splits the header into most columns; `;` when there is only one column. */
export function sniffSeparator(firstLine: string): Separator {
  const bare = firstLine.replaceAll(/"[^"]*"/g, '')
  const count = (separator: string) => bare.split(separator).length
  return SEPARATORS.reduce<Separator>((best, next) => (count(next) > count(best) ? next : best), ';')
}
