import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

export interface ReceivedMessage {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly json: { readonly event: string; readonly sequence: number; readonly id: string } & Record<
    string,
    unknown
  >
}

/** A real HTTP server on a port of its own that takes messages, and can be told to misbehave. */
export interface WebhookReceiver {
  readonly url: string
  readonly messages: readonly ReceivedMessage[]
  answer(status: number, headers?: Record<string, string>, body?: string): void
  delay(ms: number): void
  /** Takes the next message whole, then closes the line without an answer. */
  loseNextAnswer(): void
  goDown(): Promise<void>
  /** On the same port. */
  goUp(): Promise<void>
  close(): Promise<void>
}

export async function aWebhookReceiver(): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = []
  let given: { status: number; headers: Record<string, string>; body: string } = {
    status: 204,
    headers: {},
    body: '',
  }
  let delayMs = 0
  let lose = false
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      if (delayMs > 0) await pause(delayMs)
      messages.push({
        path: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body,
        json: JSON.parse(body) as ReceivedMessage['json'],
      })
      if (lose) {
        lose = false
        request.socket.destroy()
        return
      }
      response.writeHead(given.status, given.headers).end(given.body)
    })
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve())
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/vigie`,
    messages,
    answer: (status, headers = {}, body = '') => {
      given = { status, headers, body }
    },
    delay: (ms) => {
      delayMs = ms
    },
    loseNextAnswer: () => {
      lose = true
    },
    goDown: stop,
    goUp: () => listen(port),
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
