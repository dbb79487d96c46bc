import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = join(import.meta.dirname, '../../bin/vigie.cjs')
let directory: string
let keyFile: string
let publicKey: string

const vigie = (...args: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', VIGIE_DATA_DIR: join(directory, 'data') }
    execFile(process.execPath, [BIN, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
const inFile = async (name: string, content: unknown) => {
  const path = join(directory, name)
  await writeFile(path, JSON.stringify(content))
  return path
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-restauration-'))
  keyFile = join(directory, 'signature.pem')
  const pair = generateKeyPairSync('ed25519')
  publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }))
  await writeFile(keyFile, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const SIGN = ['restore-test', 'sign', '--uai', '0990001N', '--by', 'Tâche', '--result', 'success'] as const

describe('vigie restore-test', { timeout: 120_000 }, () => {
  it('signs without a database, and verifies what was signed and nothing else', async () => {
    const signed = await vigie(
      ...SIGN,
      '--what',
      'Un dossier',
      '--at',
      '2026-11-16T09:00:00+01:00',
      '--key-file',
      keyFile,
    )
    expect(signed.code).toBe(0)
    const body = JSON.parse(signed.out) as { payload: string; signature: string }
    expect(body.payload).toMatch(
      /^vigie restore-test 1\nuai=0990001N\nkey=0990001N:[0-9a-f]{20}\nat=2026-11-16T08:00:00Z\nby=Tâche\nwhat=Un dossier\nresult=success\n$/,
    )
    const good = await inFile('bon.json', { ...body, publicKey })
    expect(await vigie('restore-test', 'verify', good)).toMatchObject({ code: 0 })
    const altered = await inFile('change.json', {
      ...body,
      payload: body.payload.replace('success', 'failure'),
      publicKey,
    })
    expect(await vigie('restore-test', 'verify', altered)).toMatchObject({ code: 1 })
  })

  it('says in French what it cannot sign or read', async () => {
    const lines = await vigie(
      ...SIGN,
      '--what',
      'Un\ndossier',
      '--at',
      '2026-11-16T09:00:00Z',
      '--key-file',
      keyFile,
    )
    expect(lines).toMatchObject({ code: 2, err: expect.stringContaining('ne peut pas être signé') as string })
    const notKey = await inFile('rien.json', {})
    const key = await vigie(...SIGN, '--what', 'x', '--at', '2026-11-16T09:00:00Z', '--key-file', notKey)
    expect(key).toMatchObject({ code: 2, err: expect.stringContaining('clé privée Ed25519') as string })
    expect(await vigie('restore-test', 'verify', notKey)).toMatchObject({ code: 2 })
  })
})

describe('vigie backup report', { timeout: 120_000 }, () => {
  it('refuses a file that is no report, naming each field', async () => {
    const refused = await vigie(
      'backup',
      'report',
      await inFile('releve.json', { tool: 'restic' }),
      '--dry-run',
    )
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('Le relevé de sauvegarde ne peut pas être lu')
    expect(refused.err).toContain('/uai : ')
  })
})
