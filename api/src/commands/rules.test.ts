import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alertingYaml, recordingYaml } from '@vigie/collectors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = join(import.meta.dirname, '../../bin/vigie.cjs')
let directory: string

const vigie = (args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
      VIGIE_DATA_DIR: join(directory, 'data'),
      ...environment,
    }
    execFile(process.execPath, [BIN, 'rules', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-rules-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('vigie rules', { timeout: 120_000 }, () => {
  it('writes both files of rules without opening a database, with links under the address given', async () => {
    const out = join(directory, 'prometheus/rules')
    const { code, out: told } = await vigie(['--out', out, '--public-url', 'https://vigie.test', '--json'])
    expect(code).toBe(0)
    const names = ['recording.yml', 'alerting.yml']
    expect(JSON.parse(told)).toEqual({ written: names.map((name) => join(out, name)) })
    expect((await readdir(out)).toSorted()).toEqual(names.toSorted())
    expect(await readFile(join(out, 'alerting.yml'), 'utf8')).toBe(alertingYaml('https://vigie.test'))
    expect(await readFile(join(out, 'recording.yml'), 'utf8')).toBe(recordingYaml())
  })

  it('takes the public address of the settings when none is given', async () => {
    const out = join(directory, 'settings')
    await vigie(['--out', out], { VIGIE_PUBLIC_URL: 'https://vigie.reglage.test' })
    expect(await readFile(join(out, 'alerting.yml'), 'utf8')).toContain(
      'https://vigie.reglage.test/exploitation/alertes#otpbruteforce',
    )
  })

  it('refuses in French what it cannot use', async () => {
    expect(await vigie([])).toMatchObject({ code: 2, err: expect.stringContaining('--out') })
    const address = await vigie(['--out', directory, '--public-url', 'vigie'])
    expect(address).toMatchObject({ code: 2, err: expect.stringContaining('adresse complète') })
    const file = join(directory, 'fichier')
    await writeFile(file, '')
    const folder = await vigie(['--out', file])
    expect(folder).toMatchObject({ code: 3, err: expect.stringContaining('Impossible d’écrire') })
    expect((await vigie(['--help'])).out).toContain('écrit les règles')
  })
})
