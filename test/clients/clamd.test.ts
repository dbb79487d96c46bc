import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clamdScanner } from '@vigie/api/features/proofs/scanner/clamd.ts'
import { schema, type Database } from '@vigie/db'
import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aRandom } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aForm, aPdf } from '../support/proof-file.ts'
import { aClamd, CLAMD_MARK, type Clamd } from './clamd-server.ts'

let directory: string
let server: Clamd
let db: Database
let uai: string
let seed = 40

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-clamd-'))
  server = await aClamd(directory)
  db = await aDatabase()
  uai = await anEtablissement().insert(db)
}, 90_000)
afterAll(async () => {
  server?.process.kill('SIGKILL')
  await db?.close()
  await rm(directory, { recursive: true, force: true })
})

async function aCaller(address: { path: string } | { host: string; port: number }) {
  const { config } = depsOn(db)
  const api: Api = anApi(db, {
    random: aRandom((seed += 1)),
    config: { ...config, proofs: { ...config.proofs, clamd: address } },
  })
  const login = await api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
  const send = (content: Buffer, as: Credentials = login) =>
    api.request(`/v1/etablissements/${uai}/proofs`, { method: 'POST', as, body: aForm(content, 'a.pdf') })
  return send
}
const rows = async () => (await db.asOwner((tx) => tx.select({ n: count() }).from(schema.proof)))[0]!.n

describe('a real clamd', () => {
  it('passes an honest file and refuses what its own database knows, over both sockets', async () => {
    for (const address of [{ path: server.socket }, { host: '127.0.0.1', port: server.port }]) {
      const send = await aCaller(address)
      const kept = await send(aPdf(JSON.stringify(address)))
      expect(kept.status).toBe(201)
      expect(await kept.json()).toMatchObject({ scanner: 'signatures, clamd' })
      const before = await rows()
      const refused = await send(aPdf(CLAMD_MARK))
      expect(refused.status).toBe(415)
      expect(((await refused.json()) as { detail: string }).detail).toMatch(/malveillant \(Vigie\.Essai/)
      expect(await rows()).toBe(before)
    }
  })

  it('takes a file of ten mebibytes', async () => {
    const large = Buffer.concat([
      aPdf('grand').subarray(0, -6),
      Buffer.alloc(10_000_000, 'x'),
      aPdf().subarray(-60),
    ])
    expect(await clamdScanner({ path: server.socket }).scan(large)).toEqual({ clean: true })
  })

  it('is never skipped: once it is gone, uploads are refused and nothing is stored', async () => {
    const send = await aCaller({ host: '127.0.0.1', port: server.port })
    const gone = new Promise((resolve) => server.process.once('exit', resolve))
    server.process.kill('SIGKILL')
    await gone
    const before = await rows()
    const refused = await send(aPdf('sans antivirus'))
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/antivirus/)
    expect(await rows()).toBe(before)
  })
})
