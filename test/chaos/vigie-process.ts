import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ROOT } from '../architecture/project.ts'

const COMMAND = join(ROOT, 'api/bin/vigie.cjs')
const READY_MS = 60_000
const STOP_MS = 30_000

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

export interface VigieProcess {
  /** Whether it ended without having been asked to. */
  ended(): boolean
  output(): string
  /** kill -9 of the command and of the process it started. */
  kill(): Promise<void>
  /** Asks it to stop, as systemd does: each of its processes is told. Errors: it did not end in order. */
  stop(): Promise<void>
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, name)
  } catch {
    // The group is already gone.
  }
}

/** `vigie serve`, once it says that it is ready. Errors: with what it wrote, when it never is. */
export async function serve(env: Record<string, string>, url: string): Promise<VigieProcess> {
  const { DATABASE_URL: _, ...host } = process.env
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    cwd: ROOT,
    env: { ...host, ...env },
    detached: true,
  })
  let output = ''
  let [ended, asked] = [false, false]
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exit = new Promise<void>((resolve) =>
    child.on('exit', () => {
      ended = true
      resolve()
    }),
  )
  const end = async (name: NodeJS.Signals) => {
    asked = true
    signal(child, name)
    const late = setTimeout(() => signal(child, 'SIGKILL'), STOP_MS)
    await exit
    clearTimeout(late)
  }
  const deadline = Date.now() + READY_MS
  while (!ended && Date.now() < deadline) {
    const ready = await fetch(`${url}/readyz`).catch(() => null)
    if (ready?.ok)
      return {
        ended: () => ended && !asked,
        output: () => output,
        kill: () => end('SIGKILL'),
        stop: async () => {
          if (ended) return
          await end('SIGTERM')
          if (child.exitCode !== 0) throw new Error(`vigie serve did not stop in order:\n${output}`)
        },
      }
    await sleep(50)
  }
  signal(child, 'SIGKILL')
  throw new Error(`vigie serve is not ready:\n${output}`)
}

/** Runs another `vigie` command. Out: what it wrote; errors when it says no. */
export const vigie = async (env: Record<string, string>, ...args: string[]): Promise<string> =>
  (
    await promisify(execFile)(process.execPath, [COMMAND, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      timeout: 60_000,
    })
  ).stdout
