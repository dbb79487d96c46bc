import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = join(import.meta.dirname, '../../bin/vigie.cjs')
let directory: string

const vigie = (args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', VIGIE_DATA_DIR: join(directory, 'data'), ...environment }
    const options = { env, maxBuffer: 16 * 1024 * 1024 }
    execFile(process.execPath, [BIN, ...args], options, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-cli-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('the vigie command', { timeout: 120_000 }, () => {
  it('prints the catalogue without opening a database', async () => {
    const { code, out } = await vigie(['catalogue', '--json'], {
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    })
    const requirements = JSON.parse(out) as { id: string; levels: object; automatic: boolean }[]
    expect(code).toBe(0)
    expect(requirements).toHaveLength(163)
    expect(requirements[0]).toMatchObject({ id: 'INF-ANN-1', levels: { d1: 'E', d2: 'E' }, automatic: true })
  })

  it('helps in French, for each command, with the exit codes', async () => {
    const { out } = await vigie(['--help'])
    const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!)
    expect(commands).toEqual(expect.arrayContaining(['serve', 'migrate', 'catalogue', 'account', 'journal']))
    for (const help of [
      out,
      (await vigie(['account', '--help'])).out,
      (await vigie(['serve', '--help'])).out,
    ]) {
      expect(help).toContain('Utilisation :')
      expect(help).toContain('Codes de sortie')
      expect(help).not.toMatch(/\b(Usage:|display help|Commands:|default:)/)
    }
  })

  it('refuses in French what it does not know, with the exit code of a wrong use', async () => {
    const unknown = await vigie(['catalog'])
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain('Commande inconnue : catalog.')
    const missing = await vigie(['account', 'disable'])
    expect(missing.code).toBe(2)
    expect(missing.err).toContain('Il manque : <identifiant>.')
    const port = await vigie(['serve'], { VIGIE_PORT: 'abc' })
    expect(port.code).toBe(2)
    expect(port.err).toContain('VIGIE_PORT')
  })

  it('says what keeps it from starting, without a stack nor a secret', async () => {
    const away = await vigie(['migrate'], { DATABASE_URL: 'postgresql://vigie:motdepasse@127.0.0.1:1/vigie' })
    expect(away.code).toBe(3)
    expect(away.err).toContain('ne répond pas ou refuse la connexion')
    expect(away.err).not.toMatch(/motdepasse|\n\s+at /)
    const keyless = await vigie(['migrate'], { VIGIE_PRODUCTION: '1' })
    expect(keyless.code).toBe(3)
    expect(keyless.err).toContain('VIGIE_MASTER_KEY_FILE')
  })

  it('creates an account that the journal proves', async () => {
    const args = [
      'account',
      'create',
      'rssi.essai',
      '--name',
      'Essai',
      '--role',
      'rssi',
      '--perimeter',
      'academie:98',
    ]
    const created = await vigie(args)
    expect(created).toMatchObject({ code: 0, err: '' })
    expect(created.out).toContain('Mot de passe, montré cette seule fois')
    expect((await vigie(args)).code).toBe(1)
    const listed = JSON.parse((await vigie(['account', 'list', '--json'])).out) as { login: string }[]
    expect(listed.map(({ login }) => login)).toEqual(['rssi.essai'])
    const verified = await vigie(['journal', 'verify', '--json'])
    expect(verified.code).toBe(0)
    expect(JSON.parse(verified.out)).toMatchObject({ whole: true, pending: 1 })
  })
})
