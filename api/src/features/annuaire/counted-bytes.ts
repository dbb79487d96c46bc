import { createHash } from 'node:crypto'

/** Passes a file's bytes on, counting them and taking their SHA-256 on the way. */
export function countedBytes(stream: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let bytes = 0
  async function* passing() {
    for await (const chunk of stream) {
      hash.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
  }
  return { stream: passing(), bytes: () => bytes, sha256: () => hash.digest('hex') }
}
