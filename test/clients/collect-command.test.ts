import { annuaireLines } from '@vigie/api/features/demonstration/plan/annuaire-csv.ts'
import { planEtablissements } from '@vigie/api/features/demonstration/plan/etablissements.ts'
import { openPglite, schema } from '@vigie/db'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anHttpsSite, type HttpsSite } from './https-site.ts'
import { aRestrictionList } from './restriction-list.ts'
import { aSmallInternet, type SmallInternet } from './small-internet.ts'
import { aSquid, type Squid } from './squid.ts'

const COMMAND = join(import.meta.dirname, '../../api/src/cli.ts')
const DOMAINS = Array.from({ length: 20 }, (_, at) => `adultes${at}.exemple.invalid`)
const PASSWORD = 'mot-de-passe-de-la-sonde'
const COLLEGE = planEtablissements().find(({ kind, closedOn }) => kind === 'college' && closedOn === null)

let directory: string
let uai: string
let internet: SmallInternet
let squid: Squid
let site: HttpsSite

beforeAll(async () => {
  if (!COLLEGE) throw new Error('The demonstration has no collège.')
  uai = COLLEGE.uai
  directory = await mkdtemp(join(tmpdir(), 'vigie-collect-'))
  internet = await aSmallInternet()
  const list = join(directory, 'liste')
  await aRestrictionList(list, { adultes: DOMAINS }, new Date())
  await writeFile(join(directory, 'domaines'), `${DOMAINS.join('\n')}\n`)
  squid = await aSquid({
    internet: internet.port,
    rules: [`acl listes dstdomain "${join(directory, 'domaines')}"`, 'http_access deny listes'],
    last: 'allow',
  })
  site = await anHttpsSite(directory, (request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(request.url === '/publier' ? '<form><input type=password></form>' : '<h1>Collège</h1>')
  })
  await writeFile(join(directory, 'secret'), `${PASSWORD}\n`)
  await writeFile(join(directory, 'annuaire.csv'), [...annuaireLines([COLLEGE])].join(''))
  const collection = {
    network: [
      {
        name: 'essai',
        pauseMilliseconds: 0,
        lists: { path: list, categories: ['adultes'], readByFilter: true },
        controls: { neutral: ['un.exemple.invalid', 'deux.exemple.invalid'] },
        etablissements: [
          {
            uai,
            filtering: {
              proxy: { url: squid.url, credentials: { user: 'sonde', passwordFile: 'secret' } },
            },
          },
        ],
      },
    ],
    publication: [
      {
        name: 'essai',
        pauseMilliseconds: 0,
        caFile: site.certificate,
        etablissements: [{ uai, site: site.url, editor: { url: new URL('/publier', site.url).href } }],
      },
    ],
  }
  await writeFile(join(directory, 'collecte.json'), JSON.stringify(collection))
})
afterAll(async () => {
  await squid?.close()
  await site?.close()
  await internet?.close()
  await rm(directory, { recursive: true, force: true })
})

/** `vigie`, in a process of its own, on a base of its own. */
const vigie = (...args: readonly string[]) =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], VIGIE_DATA_DIR: join(directory, 'base'), NODE_NO_WARNINGS: '1' },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
    child.once('close', (code) => resolve({ code, out }))
  })

async function held() {
  const db = await openPglite({ directory: join(directory, 'base') })
  try {
    return await db.transact({ role: 'vigie_worker' }, async (tx) => ({
      evidence: await tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
      statuses: await tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
    }))
  } finally {
    await db.close()
  }
}

describe('vigie collect', () => {
  it('shows what it would ask and read, and writes nothing', async () => {
    expect(await vigie('import', 'annuaire', 'annuaire.csv')).toMatchObject({ code: 0 })
    const { code, out } = await vigie('collect', 'network', '--config', 'collecte.json', '--dry-run')
    expect({ code, out }).toMatchObject({ code: 0 })
    expect(out).toContain('HEAD et CONNECT, sans contenu')
    expect(out).toContain('network.filtering_active')
    expect(out).not.toContain(PASSWORD)
    expect((await held()).evidence).toEqual([])
  })

  it('moves the statuses of the filtering and of the publication', async () => {
    for (const section of ['network', 'publication']) {
      const { code, out } = await vigie('collect', section, '--config', 'collecte.json')
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`${section}:essai`) })
    }
    expect(await vigie('evaluate', '--uai', uai)).toMatchObject({ code: 0 })
    const { evidence, statuses } = await held()
    const verdictOf = (id: string) => statuses.find(({ requirement }) => requirement === id)?.verdict
    expect(['INF-SEC-8', 'INF-SEC-4', 'UTI-PUB-4', 'UTI-PUB-8'].map(verdictOf)).toEqual([
      'compliant',
      'partial',
      'compliant',
      'compliant',
    ])
    expect(new Set(evidence.map(({ collector }) => collector))).toEqual(
      new Set(['network:essai', 'publication:essai']),
    )
  })
})
