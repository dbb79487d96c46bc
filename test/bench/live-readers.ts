import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'

export interface Readers {
  /** Closes every stream. Out: frames heard, all streams together, and streams that the server ended by itself. */
  close(): Promise<{ readonly frames: number; readonly ended: number }>
}

interface Order {
  readonly url: string
  readonly cookies: readonly string[]
}

/** Opens one stream for each cookie, in a process of its own; resolves once every one was greeted. */
export function openReaders(order: Order): Promise<Readers> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'live-readers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  const end = new Promise<string>((resolve) => child.once('close', () => resolve(said)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (!said.startsWith('ready')) reject(new Error(`the readers ended with ${code}: ${said}`))
    })
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (!said.startsWith('ready\n')) return
      resolve({
        close: async () => {
          child.stdin.end()
          return JSON.parse((await end).slice('ready\n'.length)) as { frames: number; ended: number }
        },
      })
    })
    child.stdin.write(`${JSON.stringify(order)}\n`)
  })
}

async function read({ url, cookies }: Order): Promise<void> {
  const { hostname, port, host } = new URL(url)
  const counts = { frames: 0, ended: 0 }
  let closing = false
  const sockets = await Promise.all(
    cookies.map(
      (cookie) =>
        new Promise<ReturnType<typeof connect>>((resolve, reject) => {
          let greeting: string | null = ''
          const socket = connect(Number(port), hostname)
          socket.write(
            `GET /v1/supervision/live HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nSec-Fetch-Site: same-origin\r\n\r\n`,
          )
          socket.on('error', reject)
          socket.on('close', () => {
            if (!closing) counts.ended += 1
          })
          socket.on('data', (chunk) => {
            if (greeting === null) {
              if (chunk.includes('event: frame')) counts.frames += 1
              return
            }
            greeting += chunk.toString('latin1')
            if (!greeting.includes('event: traffic')) return
            if (!greeting.startsWith('HTTP/1.1 200')) reject(new Error(greeting.slice(0, 300)))
            greeting = null
            resolve(socket)
          })
        }),
    ),
  )
  process.stdout.write('ready\n')
  process.stdin.once('end', () => {
    closing = true
    for (const socket of sockets) socket.destroy()
    process.stdout.write(JSON.stringify(counts))
  })
  process.stdin.resume()
}

if (import.meta.main) {
  let order = ''
  process.stdin.on('data', function take(chunk: Buffer) {
    order += chunk.toString()
    if (!order.endsWith('\n')) return
    process.stdin.off('data', take)
    void read(JSON.parse(order) as Order)
  })
}
