import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'ldapts'
import { freePort } from '../support/mail-server.ts'
import { slapdConfiguration, SUFFIX, type SlapdShape } from './slapd-configuration.ts'

export interface SlapdServer {
  readonly plain: URL
  readonly secure: URL
  /** A connection of the directory's own administrator, over the plain port of an open directory or the local socket. */
  asAdministrator(work: (client: Client) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

const run = promisify(execFile)
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

/** A real slapd on ports of its own. In: a directory of the suite's own, what it enforces, its entries (LDIF). */
export async function aSlapd(directory: string, shape: SlapdShape, ldif: string): Promise<SlapdServer> {
  await mkdir(join(directory, 'data'), { recursive: true })
  await mkdir(join(directory, 'log'), { recursive: true })
  const file = join(directory, 'slapd.conf')
  await writeFile(file, slapdConfiguration(directory, shape))
  await writeFile(join(directory, 'entries.ldif'), ldif)
  await run('slapadd', ['-f', file, '-b', SUFFIX, '-l', join(directory, 'entries.ldif')], { env: { PATH } })
  const [plainPort, securePort] = [await freePort(), await freePort()]
  const socket = join(directory, 'ldapi')
  const addresses = [
    `ldap://127.0.0.1:${plainPort}`,
    ...(shape.certificate ? [`ldaps://127.0.0.1:${securePort}`] : []),
    `ldapi://${encodeURIComponent(socket)}`,
  ]
  const slapd = spawn('slapd', ['-d', '0', '-f', file, '-h', addresses.join(' ')], {
    env: { PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: Buffer[] = []
  slapd.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  await listening(slapd, plainPort, () => Buffer.concat(said).toString())
  return {
    plain: new URL(`ldap://127.0.0.1:${plainPort}`),
    secure: new URL(`ldaps://127.0.0.1:${securePort}`),
    asAdministrator: async (work) => {
      const client = new Client({
        url: 'ldap://localhost',
        createConnection: (() => connect(socket)) as typeof connect,
      })
      try {
        await client.bind(`cn=admin,${SUFFIX}`, 'admin-essai')
        await work(client)
      } finally {
        await client.unbind()
      }
    },
    stop: () => stopped(slapd),
  }
}

async function listening(slapd: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (slapd.exitCode !== null) throw new Error(`slapd stopped: ${said()}`)
    if (await answers(port)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`slapd does not listen: ${said()}`)
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

const stopped = (slapd: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (slapd.exitCode !== null) return resolve()
    slapd.once('exit', () => resolve())
    slapd.kill('SIGTERM')
  })
