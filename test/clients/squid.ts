import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.destroy())
  })

/** Waits for a listener. Errors: one that says which command never listened. */
export async function waitForPort(port: number, command: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await answers(port)) return
    await pause(100)
  }
  throw new Error(`${command} never listened on ${port}.`)
}

export const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

export interface Squid {
  readonly url: string
  close(): Promise<void>
}

export interface SquidSettings {
  /** Lines of `http_access` and `acl`, before the last `http_access`. */
  readonly rules: readonly string[]
  /** What is not decided before. */
  readonly last: 'allow' | 'deny'
  /** Port of the proxy behind, where everything that is let through goes. */
  readonly internet: number
  /** Lines of the configuration that come first. */
  readonly more?: readonly string[]
}

/** Debian's squid, with its own directory and a random port. */
export async function aSquid(settings: SquidSettings): Promise<Squid> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-squid-'))
  await chmod(directory, 0o777)
  for (const name of ['cache', 'log']) {
    await mkdir(join(directory, name))
    await chmod(join(directory, name), 0o777)
  }
  const port = await freePort()
  await writeFile(
    join(directory, 'squid.conf'),
    [
      `http_port 127.0.0.1:${port}`,
      `pid_filename ${directory}/squid.pid`,
      `access_log none`,
      `cache_log ${directory}/log/cache.log`,
      `coredump_dir ${directory}/cache`,
      'cache deny all',
      'shutdown_lifetime 0 seconds',
      'visible_hostname proxy.exemple.invalid',
      `cache_peer 127.0.0.1 parent ${settings.internet} 0 no-query no-digest no-netdb-exchange default`,
      'never_direct allow all',
      ...(settings.more ?? []),
      ...settings.rules,
      `http_access ${settings.last} all`,
      '',
    ].join('\n'),
  )
  const child = spawn('squid', ['-N', '-f', join(directory, 'squid.conf')], {
    cwd: directory,
    stdio: 'ignore',
  })
  const close = async () => {
    await stop(child)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await waitForPort(port, 'squid')
  } catch (error) {
    await close()
    throw error
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
