import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ClientOrder, ClientReport } from './otp-client.ts'

/** Runs the load generator in a process of its own. */
export function generate(order: ClientOrder): Promise<ClientReport> {
  return new Promise((resolve, reject) => {
    const client = join(import.meta.dirname, 'otp-client.ts')
    const child = spawn(process.execPath, [client], { stdio: ['pipe', 'pipe', 'inherit'] })
    let written = ''
    child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve(JSON.parse(written) as ClientReport)
        : reject(new Error(`the load generator ended with ${code}`)),
    )
    child.stdin.end(JSON.stringify(order))
  })
}
