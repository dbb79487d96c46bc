import { createConnection, type Socket } from 'node:net'
import { AppError } from '../../../errors.ts'
import type { ClamdAddress } from './clamd-address.ts'
import type { Scanner, ScanResult } from './scanner.ts'

const CHUNK_BYTES = 64 * 1024
const LONGEST_ANSWER = 4_096
const TIMEOUT_MS = 30_000

/**
 * clamd over TCP or a Unix socket, by its INSTREAM command (clamd(8)): chunks preceded by their length in network
 * order, an empty one ends. Errors: `unavailable` for any answer that is neither « OK » nor « FOUND ».
 */
export const clamdScanner = (address: ClamdAddress, timeoutMs = TIMEOUT_MS): Scanner => ({
  name: 'signatures, clamd',
  scan: async (content) => resultOf(await ask(address, content, timeoutMs)),
})

function resultOf(answer: string): ScanResult {
  const text = answer.replaceAll('\0', '').trim()
  if (/^stream: OK$/.test(text)) return { clean: true }
  const signature = /^stream: (.+) FOUND$/.exec(text)?.[1]
  if (signature !== undefined) return { clean: false, signature: signature.slice(0, 100) }
  throw away(new Error(`unexpected answer of clamd: ${text.slice(0, 200)}`))
}

const away = (cause: Error): AppError =>
  new AppError(
    'unavailable',
    'L’antivirus qui vérifie les pièces jointes ne répond pas : le fichier n’est pas accepté sans cette vérification. Réessayez dans quelques minutes.',
    { retryAfterSeconds: 60, cause },
  )

function ask(address: ClamdAddress, content: Uint8Array, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address)
    const answer: Buffer[] = []
    let size = 0
    const settle = (error?: Error) => {
      clearTimeout(late)
      socket.destroy()
      if (error) reject(away(error))
      else resolve(Buffer.concat(answer).toString('utf8'))
    }
    const late = setTimeout(() => settle(new Error('clamd took too long')), timeoutMs)
    socket.on('error', settle)
    socket.once('connect', () => void send(socket, content).catch(settle))
    socket.on('data', (chunk) => {
      size += chunk.length
      if (size > LONGEST_ANSWER) return settle(new Error('clamd answered too much'))
      answer.push(chunk)
      if (chunk.includes(0)) settle()
    })
    socket.once('end', () => settle(size === 0 ? new Error('clamd hung up') : undefined))
  })
}

async function send(socket: Socket, content: Uint8Array): Promise<void> {
  const write = async (bytes: Uint8Array) => {
    if (socket.destroyed || socket.write(bytes)) return
    await new Promise<void>((resolve) => {
      const goOn = () => {
        socket.off('drain', goOn).off('close', goOn)
        resolve()
      }
      socket.on('drain', goOn).on('close', goOn)
    })
  }
  await write(Buffer.from('zINSTREAM\0', 'latin1'))
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES)
    await write(lengthOf(chunk.length))
    await write(chunk)
  }
  await write(lengthOf(0))
}

function lengthOf(bytes: number): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32BE(bytes)
  return header
}
