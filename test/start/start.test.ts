import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../architecture/project.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** `npm start` in `clone`, as a user types it; the process group dies with `stop`. */
function start(clone: string, env: Record<string, string>) {
  const { DATABASE_URL: _, npm_execpath: __, ...host } = process.env
  const child = spawn('npm', ['start'], { cwd: clone, env: { ...host, ...env }, detached: true })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, ended, output: () => output }
}

const kill = (child: ChildProcess, signal: NodeJS.Signals) => {
  try {
    process.kill(-child.pid!, signal)
  } catch {
    // The group is already gone.
  }
}

async function untilAnswers(url: string, process: ReturnType<typeof start>): Promise<Response> {
  const deadline = Date.now() + 240_000
  let exited = false
  void process.ended.then(() => (exited = true))
  while (Date.now() < deadline && !exited) {
    try {
      return await fetch(url)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
  throw new Error(`no answer from ${url}:\n${process.output()}`)
}

describe('npm start on a clean clone', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vigie-start-'))
  const clone = join(scratch, 'clone')
  const dataDir = join(scratch, 'data')
  let port: number
  let running: ReturnType<typeof start>

  beforeAll(async () => {
    const cloned = spawnSync('git', ['clone', '-q', ROOT, clone])
    expect(cloned.status).toBe(0)
    port = await freePort()
    running = start(clone, { VIGIE_PORT: String(port), VIGIE_DATA_DIR: dataDir })
  })

  afterAll(async () => {
    kill(running.child, 'SIGTERM')
    await running.ended
    rmSync(scratch, { recursive: true, force: true })
  })

  it('leads to the sign-in page and prints the address and the accounts', async () => {
    const began = performance.now()
    const answer = await untilAnswers(`http://127.0.0.1:${port}/connexion`, running)
    console.info(`clean clone to sign-in page: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Connexion')
    expect(running.output()).toContain(`http://127.0.0.1:${port}`)
    expect(running.output()).toContain('rssi.demo')
  }, 300_000)

  it('tells a second process that the data directory is in use', async () => {
    const second = start(clone, { VIGIE_PORT: String(await freePort()), VIGIE_DATA_DIR: dataDir })
    expect(await second.ended).not.toBe(0)
    expect(second.output()).toContain(dataDir)
    expect(second.output()).toMatch(/sert déjà à une autre Vigie/)
    expect(second.output()).not.toMatch(/^\s+at /m)
  }, 60_000)

  it('tells a second process that the port is taken', async () => {
    const second = start(clone, { VIGIE_PORT: String(port), VIGIE_DATA_DIR: join(scratch, 'other') })
    expect(await second.ended).not.toBe(0)
    expect(second.output()).toContain(String(port))
    expect(second.output()).toContain('VIGIE_PORT')
    expect(second.output()).not.toMatch(/^\s+at /m)
  }, 120_000)

  it('comes back after being killed, with its data', async () => {
    kill(running.child, 'SIGKILL')
    await running.ended
    running = start(clone, { VIGIE_PORT: String(port), VIGIE_DATA_DIR: dataDir })
    const answer = await untilAnswers(`http://127.0.0.1:${port}/connexion`, running)
    expect(answer.status).toBe(200)
  }, 120_000)
})
