import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = join(import.meta.dirname, '../../bin/vigie.cjs')
const FIXTURES = join(import.meta.dirname, '../../../collectors/fixtures/pskc')
let directory: string

function vigie(args: readonly string[], input = '') {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', VIGIE_DATA_DIR: join(directory, 'data') }
    const child = execFile(process.execPath, [BIN, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}
const importing = (file: string, ...more: string[]) => [
  'import',
  'cles',
  join(FIXTURES, file),
  '--academie',
  '98',
  ...more,
]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-cles-'))
  await writeFile(join(directory, 'cle.txt'), '1234567890123456 7890123456789012\n')
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('vigie import cles', { timeout: 120_000 }, () => {
  it('opens a file by the password of the standard input, then finds nothing to change by the key file', async () => {
    const first = await vigie(importing('pbkdf2-sha1.pskc.xml', '--password-stdin'), 'qwerty-demo\n')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/3 clés lues \(PSKC\)[^]*créées {6}3\n/)
    const key = join(directory, 'cle.txt')
    const again = await vigie(
      importing('aes128cbc-psk-TAMPERED-mac.pskc.xml', '--key-file', key, '--json', '--strict'),
    )
    expect(again.code).toBe(1)
    expect(JSON.parse(again.out)).toMatchObject({ created: 0, unchanged: 2, refused: 1 })
  })

  it('answers « no » to a file that it cannot open, and « mistyped » to a command without académie', async () => {
    const closed = await vigie(importing('pbkdf2-sha1.pskc.xml'))
    expect(closed.code).toBe(1)
    expect(closed.err).toContain('mot de passe')
    const wrong = await vigie(importing('pbkdf2-sha1.pskc.xml', '--password-stdin'), 'secret-errone')
    expect(wrong.code).toBe(1)
    expect(wrong.err + wrong.out).not.toContain('secret-errone')
    expect((await vigie(['import', 'cles', join(FIXTURES, 'plain.pskc.xml')])).code).toBe(2)
    expect((await vigie(importing('absent.xml'))).code).toBe(2)
  })
})
