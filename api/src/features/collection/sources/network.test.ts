import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { openSource } from '../collect-file.ts'
import type { NetworkInput } from './network-description.ts'
import { networkSection } from './network.ts'
import { publicationSection } from './publication.ts'

const UAI = '0990001N'
const SECRETS = ['mot-de-passe-proxy', 'cle-auth-snmp', 'cle-priv-snmp', 'jeton-exporter']
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-collecte-'))
  for (const secret of SECRETS) await writeFile(join(directory, secret), `${secret}-secret\n`)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

type Etablissement = Omit<NetworkInput['etablissements'][number], 'uai'>
const described = (etablissement: Etablissement, more: Partial<NetworkInput> = {}): NetworkInput => ({
  name: 'essai',
  lists: { path: 'listes', categories: ['adult'] },
  controls: { neutral: ['un.exemple.fr', 'deux.exemple.fr'] },
  etablissements: [{ uai: UAI, ...etablissement }],
  ...more,
})

const withoutLists = ({ lists: _lists, ...rest }: NetworkInput): NetworkInput => rest

const faultsOf = async (description: NetworkInput): Promise<string> => {
  const fault: unknown = await openSource(networkSection, description, directory).catch(
    (error: unknown) => error,
  )
  if (!(fault instanceof AppError)) throw new Error('The description was accepted.')
  return JSON.stringify([fault.message, fault.errors])
}

const v3 = { user: 'vigie', authKeyFile: 'cle-auth-snmp', privKeyFile: 'cle-priv-snmp' }
const flow = {
  proves: 'zones' as const,
  module: 'tcp',
  target: '10.0.0.1:445',
  openFrom: ['administrative'],
  closedFrom: ['pedagogique'],
}
const exporterOf = (zone: string) => ({
  zone,
  url: 'http://10.0.0.9:9115',
  bearerTokenFile: 'jeton-exporter',
  control: { module: 'tcp', target: '10.0.0.2:53' },
})

const WHOLE: Etablissement = {
  filtering: {
    proxy: {
      url: 'http://10.0.0.3:3128',
      credentials: { user: 'sonde', passwordFile: 'mot-de-passe-proxy' },
    },
    resolver: '10.0.0.53',
    content: ['http://un.exemple.fr/mot'],
  },
  zones: { exporters: [exporterOf('administrative'), exporterOf('pedagogique')], flows: [flow] },
  certificates: ['portail.exemple.fr'],
  wifi: { snmp: [{ host: '10.0.0.4', v3 }], export: 'wifi.csv' },
  access: { snmp: [{ host: '10.0.0.5', v3 }] },
}

describe('a source of the network section', () => {
  it('says in French what it would ask, of whom, and no secret', async () => {
    const source = await openSource(networkSection, described(WHOLE), directory)
    expect(source).toMatchObject({ name: 'network:essai', address: '1 établissement', cron: '40 2 * * *' })
    const [plan] = source.plan
    expect(plan?.columns).toEqual(['UAI', 'Partie', 'Demandé à', 'Quoi'])
    expect(plan?.rows.map(([, part, whom]) => `${part} ${whom}`)).toEqual([
      'filtrage 10.0.0.3:3128',
      'filtrage 10.0.0.3:3128',
      'filtrage 10.0.0.53',
      'zone administrative 10.0.0.9:9115',
      'zone pedagogique 10.0.0.9:9115',
      'zone administrative 10.0.0.9:9115',
      'zone pedagogique 10.0.0.9:9115',
      'certificats portail.exemple.fr:443',
      'Wi-Fi 10.0.0.4:161 (SNMPv3)',
      'Wi-Fi fichier',
      'accès 10.0.0.5:161 (SNMPv3)',
    ])
    expect(JSON.stringify(source.plan)).not.toContain('-secret')
  })

  it('is refused when a secret stands in the file', async () => {
    const proxy = { url: 'http://sonde:secret@10.0.0.3:3128' }
    const faults = await faultsOf(described({ filtering: { proxy } }))
    expect(faults).toContain('sans compte ni mot de passe')
    expect(faults).not.toContain('secret@')
  })

  it('is refused when it does not say enough, or says twice', async () => {
    const resolver = '10.0.0.53'
    const cases: readonly (readonly [NetworkInput, string])[] = [
      [described({ filtering: {} }), '« proxy », « resolver »'],
      [described({ filtering: { resolver: 'dns.exemple.fr' } }), 'adresse IP'],
      [withoutLists(described({ filtering: { resolver } })), '« lists » et « controls »'],
      [described({ wifi: { snmp: [{ host: 'a', v3, v2c: { communityFile: 'x' } }] } }), 'un seul des deux'],
      [described({ wifi: {} }), '« snmp », « export »'],
      [described({ zones: { exporters: [exporterOf('administrative')], flows: [flow] } }), 'pas d’exporter'],
      [described({}, { etablissements: [{ uai: UAI }, { uai: UAI }] }), 'deux fois'],
      [described({}, { etablissements: [{ uai: '0990001A' }] }), 'sept chiffres'],
      [described({}, { lists: { path: 'l', categories: ['../../etc'] } }), 'nom d’un dossier'],
      [described({}, { controls: { neutral: ['https://un.fr'] } }), 'nom d’hôte'],
    ]
    for (const [description, reason] of cases) expect(await faultsOf(description)).toContain(reason)
  })

  it('is refused when a file of a secret cannot be read, without its content', async () => {
    const wifi = { snmp: [{ host: '10.0.0.4', v3: { ...v3, authKeyFile: 'absent' } }] }
    expect(await faultsOf(described({ wifi }))).toContain('absent ne peut pas être lu')
  })
})

describe('the delivered models', () => {
  const DEPLOY = new URL('../../../../../deploy/collecte/', import.meta.url)
  it.each([networkSection, publicationSection])(
    'describe sources as the section takes them',
    async (section) => {
      const file = new URL(
        section === networkSection ? 'reseau.example.json' : 'publication.example.json',
        DEPLOY,
      )
      const model = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown[]>
      expect(Object.keys(model)).toEqual([section.name])
      for (const source of model[section.name] ?? [])
        expect(section.schema.safeParse(source).error).toBeUndefined()
    },
  )
})

describe('a source of the publication section', () => {
  it('says which addresses it would visit', async () => {
    const source = await openSource(
      publicationSection,
      {
        name: 'essai',
        control: 'https://www.exemple.fr/',
        etablissements: [
          {
            uai: UAI,
            site: 'https://college.exemple.fr/',
            editor: { url: 'https://college.exemple.fr/publier' },
            console: { url: 'http://10.0.0.8/' },
          },
        ],
      },
      directory,
    )
    expect(source.plan[0]?.rows).toEqual([
      ['', 'site témoin, si un site se tait', 'https://www.exemple.fr/'],
      [UAI, 'site public', 'https://college.exemple.fr/'],
      [UAI, 'fonction de publication', 'https://college.exemple.fr/publier'],
      [UAI, 'console d’affichage', 'http://10.0.0.8/'],
    ])
  })

  it('is refused for a public site without HTTPS', async () => {
    const site = 'http://college.exemple.fr/'
    const description = { name: 'essai', etablissements: [{ uai: UAI, site }] }
    await expect(openSource(publicationSection, description, directory)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
