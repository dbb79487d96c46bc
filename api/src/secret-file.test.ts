import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadMasterKey } from './master-key.ts'
import { readSettings } from './settings.ts'

let directory: string
const at = (name: string) => join(directory, name)

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-secrets-'))
  await writeFile(at('url'), 'postgresql://vigie:secret@127.0.0.1:5432/vigie\n')
  await writeFile(at('jeton'), 'jeton-des-mesures\n')
  await writeFile(at('smtp'), 'smtps://vigie:secret@smtp.exemple.fr')
  await writeFile(at('vide'), '\n')
  await writeFile(at('cle'), new Uint8Array(32).fill(5), { mode: 0o440 })
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('a secret of the environment', () => {
  it('is read in the file that a variable names, without its end of line', () => {
    const settings = readSettings({
      DATABASE_URL_FILE: at('url'),
      VIGIE_METRICS_TOKEN_FILE: at('jeton'),
      VIGIE_SMTP_URL_FILE: at('smtp'),
      VIGIE_MAIL_FROM: 'vigie@exemple.fr',
    })
    expect(settings.databaseUrl).toBe('postgresql://vigie:secret@127.0.0.1:5432/vigie')
    expect(settings.metricsToken).toBe('jeton-des-mesures')
    expect(settings.mail?.url).toBe('smtps://vigie:secret@smtp.exemple.fr')
  })

  it('is refused when it is given twice, absent from its file, or unreadable', () => {
    const both = { VIGIE_METRICS_TOKEN: 'un', VIGIE_METRICS_TOKEN_FILE: at('jeton') }
    expect(() => readSettings(both)).toThrow('tous les deux')
    expect(() => readSettings({ VIGIE_METRICS_TOKEN_FILE: at('vide') })).toThrow('est vide')
    expect(() => readSettings({ DATABASE_URL_FILE: at('absent') })).toThrow('introuvable ou illisible')
    expect(() => readSettings({ DATABASE_URL_FILE: at('jeton') })).toThrow('DATABASE_URL')
  })
})

describe('the master key in production', () => {
  const production = { VIGIE_PRODUCTION: '1' }

  it('is refused where others may read it, unless systemd hands it over', () => {
    const named = { ...production, VIGIE_MASTER_KEY_FILE: at('cle') }
    expect(() => loadMasterKey(readSettings(named))).toThrow('chmod 600')
    const handed = readSettings({ ...named, CREDENTIALS_DIRECTORY: directory })
    expect(loadMasterKey(handed)).toEqual(new Uint8Array(32).fill(5))
    const beside = readSettings({ ...named, CREDENTIALS_DIRECTORY: `${directory}-autre` })
    expect(() => loadMasterKey(beside)).toThrow('chmod 600')
  })
})
