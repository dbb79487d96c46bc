import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { readCollectFile } from './collect-file.ts'
import { SECTIONS } from './sections.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-collect-'))
  await writeFile(
    join(directory, 'mapping.json'),
    JSON.stringify([{ key: 'supervision.targets', query: 'count by (uai) (up)' }]),
  )
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const read = async (content: unknown) => {
  const file = join(directory, 'collecte.json')
  await writeFile(file, JSON.stringify(content))
  return readCollectFile(file)
}
const refusal = async (content: unknown) => {
  const error: unknown = await read(content).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('not refused')
  return JSON.stringify([error.message, error.errors])
}
const PROMETHEUS = { name: 'rectorat', url: 'https://prometheus.exemple.fr', mapping: 'mapping.json' }

const EXAMPLES = new URL('../../../../deploy/collecte/', import.meta.url)

describe('a collection file', () => {
  it('names the collector of each source by its section, with its dates', async () => {
    const [source] = await read({ prometheus: [PROMETHEUS] })
    expect(source).toMatchObject({
      section: 'prometheus',
      label: 'rectorat',
      name: 'prometheus:rectorat',
      cron: '17 * * * *',
      address: 'prometheus.exemple.fr',
      plan: [{ rows: [['supervision.targets', 'count by (uai) (up)']] }],
    })
  })

  it('refuses an unknown section, a file without section and two sources of one name', async () => {
    expect(await refusal({ prometeus: [] })).toContain('prometeus')
    expect(await refusal({})).toContain('au moins une section est attendue : prometheus')
    expect(await refusal({ prometheus: [PROMETHEUS, PROMETHEUS] })).toContain(
      'deux sources portent le même nom',
    )
  })

  it('refuses a secret written in the file', async () => {
    const refused = await refusal({
      prometheus: [{ ...PROMETHEUS, basic: { user: 'lecture', password: 'secret-en-clair' } }],
    })
    expect(refused).toContain('passwordFile')
    expect(refused).not.toContain('secret-en-clair')
  })

  it.each([
    ['prometheus', { ...PROMETHEUS, url: 'https://lecture:secret-en-clair@prometheus.exemple.fr' }],
    ['prometheus', { ...PROMETHEUS, url: 'file:///etc/secret-en-clair' }],
    [
      'ldap',
      {
        name: 'rectorat',
        url: 'ldaps://cn=lecture:secret-en-clair@annuaire.exemple.fr',
        bases: [{ dn: 'dc=exemple,dc=fr', uais: ['0990001N'] }],
      },
    ],
  ])('refuses an address of %s that holds an account, or is of another kind', async (section, source) => {
    const refused = await refusal({ [section]: [source] })
    expect(refused).toContain('url')
    expect(refused).not.toContain('secret-en-clair')
  })

  it('names the file of a secret that cannot be read, and nothing else', async () => {
    expect(await refusal({ prometheus: [{ ...PROMETHEUS, bearerTokenFile: 'absent.token' }] })).toContain(
      'absent.token ne peut pas être lu',
    )
  })

  it.each(['annuaire.example.json', 'messagerie.example.json'])('is modelled by %s', async (name) => {
    const example = JSON.parse(await readFile(new URL(name, EXAMPLES), 'utf8')) as Record<string, unknown[]>
    for (const [section, sources] of Object.entries(example)) {
      const known = SECTIONS.find((one) => one.name === section)
      for (const source of sources) expect(known?.schema.safeParse(source).error).toBeUndefined()
    }
  })
})
