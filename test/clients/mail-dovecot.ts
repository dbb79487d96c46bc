import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../support/mail-server.ts'
import type { SlapdCertificate } from './slapd-configuration.ts'

export interface Dovecot {
  /** Encrypted from the first byte. */
  readonly imaps: number
  /** Encrypts on demand. */
  readonly imap: number
  /** Socket by which Postfix checks passwords. */
  readonly authentication: string
  stop(): Promise<void>
}

/** A real Dovecot on ports of its own. In: a directory of its own; null: it never encrypts. */
export async function aDovecot(directory: string, certificate: SlapdCertificate | null): Promise<Dovecot> {
  const run = join(directory, 'run')
  await mkdir(run)
  await chmod(directory, 0o755)
  const [imap, imaps] = [await freePort(), await freePort()]
  const authentication = join(directory, 'authentication')
  const file = join(directory, 'dovecot.conf')
  const encryption = certificate
    ? ['ssl = yes', `ssl_cert = <${certificate.certificate}`, `ssl_key = <${certificate.key}`]
    : ['ssl = no']
  await writeFile(
    file,
    [
      `base_dir = ${run}`,
      `state_dir = ${run}`,
      'protocols = imap',
      'listen = 127.0.0.1',
      'log_path = /dev/stderr',
      ...encryption,
      'auth_mechanisms = plain',
      'passdb {',
      '  driver = static',
      '  args = password=essai',
      '}',
      'userdb {',
      '  driver = static',
      `  args = uid=65534 gid=65534 home=${directory}/boxes/%u`,
      '}',
      `mail_location = maildir:${directory}/boxes/%u`,
      'service imap-login {',
      `  inet_listener imap {\n    port = ${imap}\n  }`,
      `  inet_listener imaps {\n    port = ${certificate ? imaps : 0}\n    ssl = yes\n  }`,
      '}',
      'service auth {',
      `  unix_listener ${authentication} {\n    mode = 0666\n  }`,
      '}',
      '',
    ].join('\n'),
  )
  const dovecot = spawn('dovecot', ['-F', '-c', file], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: Buffer[] = []
  dovecot.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  for (let attempt = 0; !(await answers(imap)); attempt += 1) {
    if (dovecot.exitCode !== null || attempt > 100) {
      throw new Error(`dovecot does not listen: ${Buffer.concat(said).toString()}`)
    }
    await wait(100)
  }
  return {
    imap,
    imaps,
    authentication,
    stop: () =>
      new Promise((resolve) => {
        if (dovecot.exitCode !== null) return resolve()
        dovecot.once('exit', () => resolve())
        dovecot.kill('SIGTERM')
      }),
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
