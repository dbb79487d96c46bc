import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CONSUME, RESERVE } from '@vigie/api/features/otp/statements.ts'

const DEBIAN = '/usr/lib/postgresql'
const run = promisify(execFile)

/** Where Debian puts it, newest first; else the one of the PATH. */
const pgbench = () =>
  ['18', '17', '16', '15']
    .map((version) => `${DEBIAN}/${version}/bin/pgbench`)
    .find((path) => existsSync(path)) ?? 'pgbench'

/** A statement with its parameters replaced; in prepared mode pgbench makes parameters of them again. */
const bound = (statement: string, values: Readonly<Record<number, string>>) =>
  statement.replace(/\$(\d+)/g, (_, number: string) => {
    const value = values[Number(number)]
    if (value === undefined) throw new Error(`no value for $${number}`)
    return value
  })

/** One verification as PostgreSQL sees it: what `reserveAttempt` then `consume` send for a right code. */
const script = (first: number, holders: number) => `
\\set login random(${first}, ${first + holders - 1})
\\set slot random(0, 1023)
${bound(RESERVE.login.plain, { 1: ':academie', 2: ':login', 3: ':now', 4: ':source', 5: ':slot', 6: ':token' })}
\\gset
${bound(CONSUME, {
  1: ':key_id',
  2: ':counter',
  3: ':drift',
  4: ':holder_id',
  5: ':now',
  6: ':kind',
  7: ':actor',
  8: ':channel',
  9: ':request',
  10: 'null',
  11: 'null',
  12: 'false',
  13: 'null',
  14: 'null',
})};
`

export interface PgbenchRun {
  readonly url: string
  readonly directory: string
  /** Service account that asks. */
  readonly token: string
  readonly first: number
  readonly holders: number
  readonly clients: number
  readonly seconds: number
}

/** Verifications per second that PostgreSQL alone sustains, one connection a client, as the path's role. */
export async function pgbenchRate(options: PgbenchRun): Promise<number> {
  const { url, directory, token, first, holders, clients, seconds } = options
  const file = join(directory, 'verification.sql')
  await writeFile(file, script(first, holders))
  const now = new Date().toISOString()
  const variables = {
    academie: '98',
    now,
    source: 'pgbench',
    kind: 'service',
    actor: token,
    token,
    channel: 'http',
    request: '00000000-0000-4000-8000-000000000001',
  }
  const { stdout } = await run(
    pgbench(),
    [
      ...['-n', '-M', 'prepared', '-f', file, '-c', String(clients), '-j', '2', '-T', String(seconds)],
      ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
      url,
    ],
    { env: { ...process.env, PGOPTIONS: '-c role=vigie_otp -c synchronous_commit=on -c jit=off' } },
  )
  const rate = /tps = ([\d.]+) \(without/.exec(stdout)?.[1]
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1]
  if (!rate || (failed !== undefined && failed !== '0')) throw new Error(`pgbench said: ${stdout}`)
  return Number(rate)
}
