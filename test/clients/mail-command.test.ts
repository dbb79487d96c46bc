import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uaiOf } from '../support/uai.ts'

const BIN = new URL('../../api/bin/vigie.cjs', import.meta.url).pathname
const DOMAIN = 'college-essai.exemple.fr'
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-mail-command-'))
  const source = { name: 'college', domain: DOMAIN, uais: [uaiOf(7730)], selectors: ['vigie2026'] }
  const other = { ...source, name: 'lycee' }
  await writeFile(join(directory, 'collecte.json'), JSON.stringify({ mail: [source, other] }))
  await writeFile(
    join(directory, 'message.eml'),
    [
      `Received: from x (x [192.0.2.9]) by mx1.${DOMAIN} (Postfix); ${new Date().toUTCString()}`,
      'X-Spam-Flag: NO',
      'Subject: un sujet que personne ne doit garder',
      '',
      'corps',
    ].join('\r\n'),
  )
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const vigie = (...args: readonly string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', VIGIE_DATA_DIR: join(directory, 'vigie') }
    const config = ['--config', join(directory, 'collecte.json')]
    execFile(process.execPath, [BIN, 'collect', 'mail', ...config, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: out + err }),
    )
  })

describe('vigie collect mail', () => {
  it('plans without asking anything', async () => {
    const { code, out } = await vigie('--plan', '--name', 'lycee')
    expect(code).toBe(0)
    expect(out).toContain(`TXT vigie2026._domainkey.${DOMAIN}`)
    expect(out).toContain('aucun message n’est envoyé')
    expect(out).not.toContain('mail:college')
  })

  it('reads a message that is submitted, and shows of it the marks alone', async () => {
    const message = join(directory, 'message.eml')
    const { code, out } = await vigie('--name', 'college', '--headers', message, '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('x-spam-flag (propre)')
    expect(out).not.toMatch(/sujet|corps/)
  })

  it('asks which domain a message is of', async () => {
    const { code, out } = await vigie('--headers', join(directory, 'message.eml'))
    expect(code).toBe(2)
    expect(out).toContain('choisissez-le par --name')
  })
})
