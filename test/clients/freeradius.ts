import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createSocket } from 'node:dgram'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const DEBIAN = '/etc/freeradius/3.0'
const SHIPPED = resolve(import.meta.dirname, '../../deploy/freeradius')
/** What the installation page tells to remove. */
const REMOVED = ['sites-enabled/default', 'sites-enabled/inner-tunnel', 'mods-enabled/eap']

export const SECRET = 'secret-des-essais'

const freeUdpPort = () =>
  new Promise<number>((done) => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => done(port))
    })
  })

async function edit(path: string, ...changes: readonly (readonly [RegExp, string])[]): Promise<void> {
  let text = await readFile(path, 'utf8')
  for (const [pattern, replacement] of changes) {
    if (!pattern.test(text)) throw new Error(`${path} no longer holds ${pattern}`)
    text = text.replace(pattern, replacement)
  }
  await writeFile(path, text)
}

/** Debian's configuration with the shipped files, as the installation page says; only its place and its port differ. */
async function install(directory: string, port: number): Promise<string> {
  const raddb = join(directory, 'raddb')
  await cp(DEBIAN, raddb, { recursive: true, verbatimSymlinks: true })
  for (const path of REMOVED) await rm(join(raddb, path), { force: true })
  for (const kind of ['mods', 'sites'])
    await cp(join(SHIPPED, `${kind}-available/vigie`), join(raddb, `${kind}-enabled/vigie`))
  await cp(join(SHIPPED, 'vigie-clients.conf.example'), join(raddb, 'vigie-clients.conf'))
  await edit(
    join(raddb, 'vigie-clients.conf'),
    [/ipaddr = .*/, 'ipaddr = 127.0.0.1'],
    [/secret = .*/, `secret = "${SECRET}"`],
  )
  await edit(
    join(raddb, 'sites-enabled/vigie'),
    [/port = 1812/, `port = ${port}`],
    [/ipaddr = \*/, 'ipaddr = 127.0.0.1'],
  )
  const { username } = userInfo()
  await edit(
    join(raddb, 'radiusd.conf'),
    [/^(\s*)user = .*/m, `$1user = ${username}`],
    [/^(\s*)group = .*/m, ''],
    [/^localstatedir = .*/m, `localstatedir = ${directory}`],
    [/^logdir = .*/m, `logdir = ${directory}/log`],
    [/^raddbdir = .*/m, `raddbdir = ${raddb}`],
  )
  for (const folder of ['log', 'run/freeradius']) await mkdir(join(directory, folder), { recursive: true })
  return raddb
}

export interface RadiusServer {
  readonly port: number
  /** Everything it wrote so far. */
  log(): string
  close(): Promise<void>
}

/** Debian's radiusd with the shipped configuration, in front of the Vigie at `url`. */
export async function aRadiusServer(url: string, token: string): Promise<RadiusServer> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-radius-'))
  const port = await freeUdpPort()
  const raddb = await install(directory, port)
  const radiusd = spawn('/usr/sbin/freeradius', ['-f', '-l', 'stdout', '-d', raddb], {
    env: { PATH: process.env['PATH'], VIGIE_RADIUS_URL: url, VIGIE_RADIUS_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  radiusd.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()))
  radiusd.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const exited = new Promise<void>((done) => radiusd.once('exit', () => done()))
  for (let tries = 0; !written.includes('Ready to process requests'); tries += 1) {
    if (tries > 200 || radiusd.exitCode !== null) throw new Error(`radiusd did not start:\n${written}`)
    await pause(50)
  }
  return {
    port,
    log: () => written,
    close: async () => {
      radiusd.kill('SIGTERM')
      await exited
      await rm(directory, { recursive: true, force: true })
    },
  }
}
