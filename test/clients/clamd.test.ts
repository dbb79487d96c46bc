import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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

/** What this clamd alone knows: Vigie's own signatures do not see it. */
const MARK = 'VIGIE-ESSAI-ANTIVIRUS-0001'

let directory: string
let clamd: ChildProcess
let socket: string
let port: number
let db: Database
let uai: string
let seed = 40

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return free
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-clamd-'))
  await chmod(directory, 0o755)
  socket = join(directory, 'clamd.ctl')
  port = await freePort()
  await writeFile(join(directory, 'essai.ndb'), `Vigie.Essai:0:*:${Buffer.from(MARK).toString('hex')}\n`)
  const settings = [
    `DatabaseDirectory ${directory}`,
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'Foreground yes',
    'StreamMaxLength 12M',
    `PidFile ${join(directory, 'clamd.pid')}`,
    `User ${process.env['USER'] ?? 'root'}`,
  ]
  await writeFile(join(directory, 'clamd.conf'), `${settings.join('\n')}\n`)
  clamd = spawn('/usr/sbin/clamd', ['--config-file', join(directory, 'clamd.conf')], { stdio: 'ignore' })
  const scanner = clamdScanner({ path: socket }, 2_000)
  for (let tries = 0; ; tries += 1) {
    const ready = await scanner.scan(Buffer.from('x')).catch(() => null)
    if (ready?.clean) break
    if (tries > 120) throw new Error('clamd does not answer')
    await pause(500)
  }
  db = await aDatabase()
  uai = await anEtablissement().insert(db)
}, 90_000)
afterAll(async () => {
  clamd?.kill('SIGKILL')
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
    for (const address of [{ path: socket }, { host: '127.0.0.1', port }]) {
      const send = await aCaller(address)
      const kept = await send(aPdf(JSON.stringify(address)))
      expect(kept.status).toBe(201)
      expect(await kept.json()).toMatchObject({ scanner: 'signatures, clamd' })
      const before = await rows()
      const refused = await send(aPdf(MARK))
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
    expect(await clamdScanner({ path: socket }).scan(large)).toEqual({ clean: true })
  })

  it('is never skipped: once it is gone, uploads are refused and nothing is stored', async () => {
    const send = await aCaller({ host: '127.0.0.1', port })
    const gone = new Promise((resolve) => clamd.once('exit', resolve))
    clamd.kill('SIGKILL')
    await gone
    const before = await rows()
    const refused = await send(aPdf('sans antivirus'))
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/antivirus/)
    expect(await rows()).toBe(before)
  })
})
