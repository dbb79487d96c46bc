import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../support/mail-server.ts'
import { aClamd } from './clamd-server.ts'

export interface MailFilters {
  /** As Postfix calls them in `smtpd_milters`. */
  readonly milters: readonly string[]
  stop(): Promise<void>
}

/** SpamAssassin (spamd, spamass-milter) and ClamAV (clamd, clamav-milter), which mark what they read. In: a directory of their own. */
export async function mailFilters(directory: string): Promise<MailFilters> {
  const running: ChildProcess[] = []
  const start = (command: string, ...options: readonly string[]) => {
    running.push(spawn(command, options, { stdio: 'ignore' }))
  }
  const antivirus = join(directory, 'clamd')
  await mkdir(antivirus)
  const clamd = await aClamd(antivirus)
  running.push(clamd.process)
  const [spamd, spam, virus] = [await freePort(), await freePort(), await freePort()]
  start('spamd', '--local', '--listen=127.0.0.1', `--port=${spamd}`, '--max-children=1', '--username=nobody')
  start('spamass-milter', '-p', `inet:${spam}@127.0.0.1`, '-u', 'nobody', '--', '-p', String(spamd))
  const config = join(directory, 'clamav-milter.conf')
  const settings = [
    `MilterSocket inet:${virus}@127.0.0.1`,
    `ClamdSocket tcp:127.0.0.1:${clamd.port}`,
    'Foreground yes',
    'AddHeader Replace',
    'OnInfected Accept',
  ]
  await writeFile(config, `${settings.join('\n')}\n`)
  start('clamav-milter', '--config-file', config)
  await Promise.all([listening(spamd), listening(spam), listening(virus)])
  return {
    milters: [spam, virus].map((port) => `inet:127.0.0.1:${port}`),
    stop: async () => {
      for (const child of running) {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        if (child.exitCode === null && child.kill()) await gone
      }
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port }, () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await pause(100)
  }
  throw new Error(`nothing listens on port ${port}`)
}
