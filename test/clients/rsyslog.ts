import { execFile, spawn } from 'node:child_process'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ROOT } from '../architecture/project.ts'

const run = promisify(execFile)

export interface Identity {
  readonly cert: string
  readonly key: string
}

/** An authority of the suite's own, in its directory. */
export interface Authority {
  readonly ca: string
  /** In: a name, other names if any. Out: the files of a certificate that it signed. */
  issue(name: string, alternatives?: readonly string[]): Promise<Identity>
}

export async function anAuthority(directory: string): Promise<Authority> {
  await mkdir(directory, { recursive: true })
  const at = (file: string) => join(directory, file)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await run('openssl', [
    ...['req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '30'],
    ...['-subj', '/CN=Autorité des essais', '-utf8'],
  ])
  return {
    ca: at('ca.pem'),
    issue: async (name, alternatives = [name]) => {
      const files = { cert: at(`${name}.pem`), key: at(`${name}.key`) }
      const names = alternatives.map((alternative, position) => `DNS.${position} = "${alternative}"`)
      await writeFile(at(`${name}.ext`), ['subjectAltName=@names', '[names]', ...names, ''].join('\n'))
      await run('openssl', [
        ...['req', ...key, '-keyout', files.key, '-out', at(`${name}.csr`), '-subj', `/CN=${name}`],
      ])
      await run('openssl', [
        ...['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
        ...['-CAcreateserial', '-days', '30', '-extfile', at(`${name}.ext`), '-out', files.cert],
      ])
      return files
    },
  }
}

export const RECEIVER = 'recepteur.exemple.fr'

export interface Machine {
  /** Writes that many lines of sshd; refusals and acceptances alternate. */
  say(lines: number): Promise<void>
  /** kill -9 is not asked of it: it ends as its service does, keeping its queue. */
  stop(): Promise<void>
  log(): string
}

interface MachineOptions {
  readonly directory: string
  /** File of `deploy/rsyslog`. */
  readonly delivered: '60-vigie.conf' | '60-vigie-relp.conf'
  readonly driver: 'gtls' | 'ossl'
  readonly port: number
  readonly ca: string
  readonly identity: Identity
}

/** The delivered configuration, its addresses and files replaced as an administrator does. */
async function configuration(options: MachineOptions): Promise<string> {
  const { directory, delivered, driver, port, ca, identity } = options
  const text = await readFile(join(ROOT, 'deploy/rsyslog', delivered), 'utf8')
  const adapted = text
    .replace('target="vigie.exemple.fr"', 'target="127.0.0.1"')
    .replaceAll('vigie.exemple.fr', RECEIVER)
    .replace('port="6514"', `port="${port}"`)
    .replace('"gtls"', `"${driver}"`)
    .replace('/etc/rsyslog.d/vigie/autorite.pem', ca)
    .replace('/etc/rsyslog.d/vigie/machine.pem', identity.cert)
    .replace('/etc/rsyslog.d/vigie/machine.key', identity.key)
    .replace('resumeInterval="10"', 'resumeInterval="1"')
  return `global(workDirectory="${directory}" localHostname="srv-essais")
module(load="imfile" mode="inotify")
input(type="imfile" File="${directory}/sshd.log" Tag="sshd:" Facility="authpriv" Severity="info" freshStartTail="off")
${adapted}`
}

/** Debian's rsyslogd under the delivered configuration, reading the file of an sshd. */
export async function aMachine(options: MachineOptions): Promise<Machine> {
  const { directory } = options
  await mkdir(directory, { recursive: true })
  const [file, conf] = [join(directory, 'sshd.log'), join(directory, 'rsyslog.conf')]
  await appendFile(file, '')
  await writeFile(conf, await configuration(options))
  const child = spawn('rsyslogd', ['-n', '-f', conf, '-i', join(directory, 'pid')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let said = 0
  await pause(300)
  return {
    log: () => output,
    say: async (lines) => {
      const text = Array.from({ length: lines }, () => {
        said += 1
        return said % 2 === 0
          ? `Accepted password for prof${said} from 192.0.2.10 port 22 ssh2\n`
          : `Failed password for prof${said} from 192.0.2.10 port 22 ssh2\n`
      })
      await appendFile(file, text.join(''))
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
      }),
  }
}
