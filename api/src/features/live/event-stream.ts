const encoder = new TextEncoder()

/** Bytes that a reader may leave unread: about half a minute of frames. Beyond, it is dropped. */
const UNREAD_BYTES = 65_536

/** In: an event of `text/event-stream` (HTML Living Standard, 9.2), its data as JSON, the id it can be resumed after. */
export const encodeEvent = (event: string, data: unknown, id?: number): Uint8Array =>
  encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

export const encodeRetry = (ms: number): Uint8Array => encoder.encode(`retry: ${ms}\n\n`)

/** A comment: it shows proxies and readers that the stream lives. */
export const HEARTBEAT = encoder.encode(': \n\n')

export interface EventSink {
  readonly stream: ReadableStream<Uint8Array>
  /** Out: false when the reader is too slow, or gone: nothing was kept for it. */
  send(bytes: Uint8Array): boolean
  /** Ends the stream, after `bytes` when there are some. */
  end(bytes?: Uint8Array): void
  /** Whether something sent waits to be read. */
  lags(): boolean
}

/** One reader's stream. `onClosed` is called once, when the reader leaves. */
export function openSink(onClosed: () => void): EventSink {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started
      },
      cancel: () => {
        controller = null
        onClosed()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES }),
  )
  return {
    stream,
    send: (bytes) => {
      if (!controller || (controller.desiredSize ?? 0) <= 0) return false
      controller.enqueue(bytes)
      return true
    },
    end: (bytes) => {
      if (bytes) controller?.enqueue(bytes)
      controller?.close()
      controller = null
    },
    lags: () => (controller?.desiredSize ?? UNREAD_BYTES) < UNREAD_BYTES,
  }
}
