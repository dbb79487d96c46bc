import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onServer } from '../support/on-server.ts'

const run = promisify(execFile)
const BIN = '/usr/lib/postgresql/15/bin'
const STARTS = 40

export const hasPostgresql = (): boolean => existsSync(join(BIN, 'initdb'))

/** A PostgreSQL server of the test's own, durable like a real one, on this machine only. */
export interface Cluster {
  readonly url: string
  /** Starts it, after a crash too. */
  start(): Promise<void>
  /** kill -9 of the postmaster: its backends follow. */
  killPostmaster(): void
  /** kill -9 of one backend of the verification path: the server throws every session out and recovers. */
  killBackend(): Promise<void>
  remove(): Promise<void>
}

/** PostgreSQL refuses to run as root: there, it runs as the account that Debian gives it. */
const asServer = (command: string, args: readonly string[]) =>
  process.getuid?.() === 0
    ? run('runuser', ['-u', 'postgres', '--', join(BIN, command), ...args], { timeout: 60_000 })
    : run(join(BIN, command), [...args], { timeout: 60_000 })

async function giveToServer(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  )
  chownSync(directory, uid!, gid!)
}

/** In: an empty directory, a free port. Out: a running server with a database and an account as an administrator gives. */
export async function aCluster(directory: string, port: number): Promise<Cluster> {
  await giveToServer(directory)
  const data = join(directory, 'data')
  await asServer('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8'])
  writeFileSync(
    join(data, 'postgresql.auto.conf'),
    [
      `port = ${port}`,
      "listen_addresses = '127.0.0.1'",
      "unix_socket_directories = ''",
      'max_connections = 60',
      '',
    ].join('\n'),
  )
  const admin = `postgres://postgres@127.0.0.1:${port}/postgres`
  const url = `postgres://vigie@127.0.0.1:${port}/vigie`
  const start = async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        await asServer('pg_ctl', ['-D', data, '-w', '-t', '30', '-l', join(directory, 'log'), 'start'])
        return
      } catch (error) {
        // The orphans of a killed postmaster hold its shared memory until they notice.
        if (tries >= STARTS) throw error
        await sleep(250)
      }
    }
  }
  await start()
  await onServer(admin, 'create role vigie login createdb createrole', 'create database vigie owner vigie')
  return {
    url,
    start,
    killPostmaster: () =>
      process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
    killBackend: async () => {
      const [backend] = await onServer(
        admin,
        "select pid from pg_stat_activity where application_name = 'vigie-otp' order by random() limit 1",
      )
      if (!backend) throw new Error('the verification path holds no connection')
      process.kill(Number(backend['pid']), 'SIGKILL')
    },
    remove: async () => {
      await asServer('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']).catch(() => {})
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
