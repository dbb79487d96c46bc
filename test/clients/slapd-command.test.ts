import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anEtablissement } from '../support/etablissement.ts'
import { aSlapdSchool, SECRET, type SlapdSchool } from './slapd-school.ts'
import type { SlapdServer } from './slapd-server.ts'

const BIN = new URL('../../api/bin/vigie.cjs', import.meta.url).pathname
const opened: SlapdServer[] = []
let directory: string
let school: SlapdSchool
let uai: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-slapd-command-'))
  school = await aSlapdSchool(directory, opened)
  const db = await openDatabase({ directory: join(directory, 'vigie') })
  uai = await anEtablissement().college().insert(db)
  await db.close()
})
afterAll(async () => {
  await Promise.all(opened.map((server) => server.stop()))
  await rm(directory, { recursive: true, force: true })
})

const vigie = (...args: readonly string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const env = {
      PATH: '/usr/bin:/bin',
      VIGIE_DATA_DIR: join(directory, 'vigie'),
      VIGIE_COLLECT_FILE: join(directory, 'collecte.json'),
    }
    execFile(process.execPath, [BIN, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: out + err }),
    )
  })

const watch = (source: object) =>
  writeFile(join(directory, 'collecte.json'), JSON.stringify({ ldap: [source] }))

async function statuses(): Promise<Record<string, string>> {
  const db = await openDatabase({ directory: join(directory, 'vigie') })
  try {
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
    )
    return Object.fromEntries(rows.map(({ requirement, verdict }) => [requirement, verdict]))
  } finally {
    await db.close()
  }
}

const collectAndEvaluate = async () => {
  const collected = await vigie('collect', 'ldap')
  expect((await vigie('evaluate')).code).toBe(0)
  return collected
}

describe('vigie collect ldap', () => {
  it('plans without asking anything: requests in French, and nothing secret', async () => {
    const server = await school.hardened()
    await watch(school.describe(server, uai))
    await server.stop()
    const { code, out } = await vigie('collect', 'ldap', '--plan')
    expect(code).toBe(0)
    expect(out).toContain('rien n’est interrogé')
    expect(out).toContain('attributs de vie privée : comptés, jamais lus')
    expect(out).toContain('cn=vigie,ou=services')
    expect(out).not.toContain(SECRET)
  })

  it('tries without recording, then moves what is said of the establishment', async () => {
    const open = await school.open()
    const anyone = { ...school.describe(open, uai), url: open.plain.href, account: undefined }
    await watch(anyone)
    const dry = await vigie('collect', 'ldap', '--dry-run', '--json')
    expect(dry.code).toBe(0)
    expect(JSON.parse(dry.out)).toMatchObject({ source: 'ldap:college', outcome: 'success' })
    expect(dry.out).not.toMatch(/mdurand|Soleil|99 00/)
    expect(await statuses()).not.toHaveProperty('INF-ANN-8')

    expect((await collectAndEvaluate()).out).toMatch(/ldap:college : \d+ preuves pour 1 établissement/)
    expect(await statuses()).toMatchObject({
      'INF-ANN-2': 'compliant',
      'INF-ANN-3': 'compliant',
      'INF-ANN-4': 'non_compliant',
      'INF-ANN-5': 'non_compliant',
      'INF-ANN-6': 'non_compliant',
      'INF-ANN-8': 'non_compliant',
      'INF-AUT-10': 'non_compliant',
      'UTI-MSG-8': 'non_compliant',
    })

    await watch(school.describe(await school.hardened(), uai))
    const { out } = await collectAndEvaluate()
    expect(out).not.toContain(SECRET)
    expect(await statuses()).toMatchObject({
      'INF-ANN-2': 'compliant',
      'INF-ANN-3': 'compliant',
      'INF-ANN-4': 'compliant',
      'INF-ANN-5': 'compliant',
      'INF-ANN-6': 'compliant',
      'INF-ANN-8': 'compliant',
      'INF-AUT-6': 'compliant',
      'INF-AUT-7': 'compliant',
      'INF-AUT-8': 'compliant',
      'INF-AUT-10': 'compliant',
      'UTI-MSG-8': 'compliant',
      'UTI-MSG-9': 'compliant',
    })
  })

  it('fails with a code of its own when the directory is gone', async () => {
    const server = await school.hardened()
    await watch(school.describe(server, uai))
    await server.stop()
    const { code, out } = await vigie('collect', 'ldap')
    expect(code).toBe(1)
    expect(out).toContain('ldap:college : échec.')
    expect(out).toContain('connexion refusée')
  })
})
