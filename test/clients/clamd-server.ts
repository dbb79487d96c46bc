import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { clamdScanner } from '@vigie/api/features/proofs/scanner/clamd.ts'
import { freePort } from '../support/mail-server.ts'

/** What this clamd alone knows, and calls `Vigie.Essai`. */
export const CLAMD_MARK = 'VIGIE-ESSAI-ANTIVIRUS-0001'

export interface Clamd {
  readonly socket: string
  readonly port: number
  readonly process: ChildProcess
}

/** A real clamd with one signature, on a socket and a port of its own, once it answers. In: a directory of its own. */
export async function aClamd(directory: string): Promise<Clamd> {
  await chmod(directory, 0o755)
  const socket = join(directory, 'clamd.ctl')
  const port = await freePort()
  await writeFile(
    join(directory, 'essai.ndb'),
    `Vigie.Essai:0:*:${Buffer.from(CLAMD_MARK).toString('hex')}\n`,
  )
  const settings = [
    `DatabaseDirectory ${directory}`,
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'Foreground yes',
    'StreamMaxLength 12M',
    `PidFile ${join(directory, 'clamd.pid')}`,
    `User ${process.env['USER'] ?? 'root'}`,
  ]
  await writeFile(join(directory, 'clamd.conf'), `${settings.join('\n')}\n`)
  const clamd = spawn('/usr/sbin/clamd', ['--config-file', join(directory, 'clamd.conf')], {
    stdio: 'ignore',
  })
  const scanner = clamdScanner({ path: socket }, 2_000)
  for (let tries = 0; ; tries += 1) {
    const ready = await scanner.scan(Buffer.from('x')).catch(() => null)
    if (ready?.clean) return { socket, port, process: clamd }
    if (tries > 120) throw new Error('clamd does not answer')
    await pause(500)
  }
}
