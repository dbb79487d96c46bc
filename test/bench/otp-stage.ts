import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '@vigie/api/context'
import { openPostgresql } from '@vigie/db'
import { depsOn } from '../support/deps.ts'
import { createBenchDatabase } from './database.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface ServeProcess {
  readonly url: string
  /** Seconds of processor that it has used; null where the system does not tell. */
  processorSeconds(): number | null
  /** Asks it to stop, and waits for its end. */
  stop(): Promise<void>
}

/** A database of the measure's own on the server of `DATABASE_URL`, and real `vigie serve` processes on it. */
export interface Stage {
  readonly databaseUrl: string
  readonly directory: string
  readonly deps: Deps
  serve(nodeOptions?: readonly string[], settings?: Readonly<Record<string, string>>): Promise<ServeProcess>
  close(): Promise<void>
}

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })

const TICKS_PER_SECOND = 100

/** User and system time of a process, from Linux' own count (proc(5), fields 14 and 15). */
function processorSeconds(pid: number): number | null {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return null
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

async function untilReady(url: string, exited: () => boolean, log: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (exited()) throw new Error(`vigie serve ended before it was ready: see ${log}`)
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await pause(100)
  }
  throw new Error(`vigie serve was never ready: see ${log}`)
}

/** Opens the stage. Everything is given back by `close`. */
export async function openStage(url: string): Promise<Stage> {
  const own = await createBenchDatabase(url)
  const directory = await mkdtemp(join(tmpdir(), 'vigie-otp-'))
  const masterKey = randomBytes(32)
  const keyFile = join(directory, 'master.key')
  await writeFile(keyFile, masterKey, { mode: 0o600 })
  const db = await openPostgresql({ url: own.url, poolSize: 4, verificationPoolSize: 2 })
  const base = depsOn(db)
  const deps: Deps = {
    ...base,
    clock: { now: () => new Date() },
    random: { uuid: randomUUID, bytes: (size) => randomBytes(size) },
    config: { ...base.config, masterKey: new Uint8Array(masterKey) },
  }
  const running = new Set<ServeProcess>()
  const serve = async (
    nodeOptions: readonly string[] = [],
    settings: Readonly<Record<string, string>> = {},
  ) => {
    const port = await freePort()
    const log = join(directory, `serve-${port}.log`)
    const output = openSync(log, 'a')
    const child = spawn(process.execPath, [...nodeOptions, 'api/src/cli.ts', 'serve'], {
      cwd: ROOT,
      stdio: ['ignore', output, output],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: own.url,
        VIGIE_PORT: String(port),
        VIGIE_DATA_DIR: directory,
        VIGIE_MASTER_KEY_FILE: keyFile,
        ...settings,
      },
    })
    const exited = new Promise<void>((done) => child.once('exit', () => done()))
    const server: ServeProcess = {
      url: `http://127.0.0.1:${port}`,
      processorSeconds: () => processorSeconds(child.pid ?? 0),
      stop: async () => {
        running.delete(server)
        child.kill('SIGTERM')
        await exited
      },
    }
    running.add(server)
    await untilReady(server.url, () => child.exitCode !== null || child.signalCode !== null, log)
    return server
  }
  return {
    databaseUrl: own.url,
    directory,
    deps,
    serve,
    close: async () => {
      await Promise.all([...running].map((server) => server.stop()))
      await db.close()
      await own.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
