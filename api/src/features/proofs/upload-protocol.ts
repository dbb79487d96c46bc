import type { MiddlewareHandler } from 'hono'
import { authorise } from '../../access/authorise.ts'
import type { Env } from '../../http/router.ts'
import { sizeRefusal } from './judge-file.ts'
import { DISCARDED_BYTES, FORM_BYTES, UPLOADS } from './limits.ts'
import { createUploadSlots, interrupted } from './upload-slots.ts'

/** Receives the whole body, within bounds, before anything reads it: an upload that is cut short leaves nothing. */
export function receiveUpload(): MiddlewareHandler<Env> {
  const slots = createUploadSlots(UPLOADS)
  return async (c, next) => {
    const ctx = c.get('ctx')
    authorise(ctx.actor, 'proof:write')
    const maxBytes = ctx.config.proofs.maxBytes
    const { raw } = c.req
    const told = Number(raw.headers.get('content-length') ?? 0)
    if (told > maxBytes + FORM_BYTES) {
      if (told <= DISCARDED_BYTES) await discard(raw.body?.getReader())
      throw sizeRefusal(maxBytes)
    }
    const person = ctx.actor.kind === 'anonymous' ? '' : ctx.actor.id
    const leave = await slots.enter(person, raw.signal).catch(async (refusal: unknown) => {
      await discard(raw.body?.getReader())
      throw refusal
    })
    try {
      const body = await readWhole(raw, maxBytes)
      c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body })
      await next()
    } finally {
      leave()
    }
  }
}

/** Lets a refused body come to its end, unkept: many senders read an answer only once they have sent all they had. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  for (let size = 0; reader && size < DISCARDED_BYTES;) {
    const read = await reader.read().catch(() => null)
    if (!read || read.done) return
    size += read.value.byteLength
  }
  void reader?.cancel().catch(() => {})
}

/** Errors: `payload_too_large` as soon as the body is longer, `invalid_input` when it is cut short. */
async function readWhole(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const read = await reader.read().catch(() => {
      throw interrupted()
    })
    if (read.done) break
    size += read.value.byteLength
    if (size > maxBytes + FORM_BYTES) {
      chunks.length = 0
      await discard(reader)
      throw sizeRefusal(maxBytes)
    }
    chunks.push(read.value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
