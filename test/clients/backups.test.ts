import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluateDue } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { addSigningKey } from '@vigie/api/features/signing-keys/add-signing-key.ts'
import { verifyRestoreTest } from '@vigie/api/features/restore-tests/list-restore-tests.ts'
import { startServer, type RunningServer } from '@vigie/api/server'
import type { Context } from '@vigie/api/context'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aBackupSite, type BackupSite, type Ran } from './backup-site.ts'

const WORKER = { role: 'vigie_worker' } as const
const DAY_MS = 86_400_000
let db: Database
let server: RunningServer
let site: BackupSite
let ctx: Context
let tokenFile: string
let uai: string

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db, {
    clock: { now: () => new Date() },
    random: {
      uuid: randomUUID,
      bytes: (size) => new Uint8Array(size).map(() => Math.floor(Math.random() * 256)),
    },
  })
  ctx = contextOf(deps)
  server = await startServer(deps, { port: 0, host: '127.0.0.1' })
  site = await aBackupSite()
  tokenFile = join(site.directory, 'jeton')
  await writeFile(tokenFile, await openToken(deps, 'evidence:write', { kind: 'academie', code: '98' }))
})
beforeEach(async () => {
  uai = await anEtablissement().college().insert(db)
})
afterAll(async () => {
  await server?.close()
  await site?.close()
  await db?.close()
})

const ok = (ran: Ran): Ran => {
  if (ran.code !== 0) throw new Error(`${ran.code}\n${ran.stdout}\n${ran.stderr}`)
  return ran
}
const settings = (repository: string, over: Readonly<Record<string, string>> = {}) =>
  site.settings(repository, {
    VIGIE_URL: server.url,
    VIGIE_TOKEN_FILE: tokenFile,
    VIGIE_UAI: uai,
    VIGIE_COVERS: 'servers,administration',
    VIGIE_PLANNED_INTERVAL_HOURS: '24',
    VIGIE_KEPT_IN_FULL_DAYS: '7',
    VIGIE_REMOTE: 'true',
    VIGIE_TRANSPORT: 'ssh',
    VIGIE_LOGGED: 'true',
    VIGIE_TIME_ZONE: 'Europe/Paris',
    ...over,
  })

async function verdicts(): Promise<Record<string, string>> {
  await evaluateDue(ctx)
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
  )
  return Object.fromEntries(rows.map(({ requirement, verdict }) => [requirement, verdict]))
}
async function evidence(): Promise<Record<string, unknown>> {
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key.replace('backup.', ''), value]))
}
const aServerNamed = (name: string) =>
  db.transact(WORKER, (tx) =>
    tx.insert(schema.machine).values({
      id: randomUUID(),
      ...{ uai, name, kind: 'server', identity: `serial:${name}`, agent: 'essai', sections: {} },
      contentDigest: '',
      firstSeenAt: new Date(),
      lastInventoryAt: new Date(),
    }),
  )

/** `restic backup` as if it had run that many days ago. */
const resticNight = async (repository: string, days: number) => {
  const at = new Date(Date.now() - days * DAY_MS - 3_600_000)
  const time = at.toLocaleString('sv-SE')
  ok(await site.restic(repository, 'backup', '--host', 'srv-peda', '--time', time, site.witness))
}
const borgNight = async (repository: string, days: number) => {
  const at = new Date(Date.now() - days * DAY_MS - 3_600_000)
  // Borg takes this instant in UTC and prints it in local time.
  const timestamp = at.toISOString().slice(0, 19)
  ok(await site.borg(repository, 'create', '--timestamp', timestamp, `::nuit-${timestamp}`, site.witness))
}

async function corrupt(repository: string): Promise<void> {
  const data = join(site.directory, repository, 'data')
  const files = (await readdir(data, { recursive: true })).map((name) => join(data, name))
  const sized = await Promise.all(files.map(async (file) => ({ file, stats: await stat(file) })))
  const [largest] = sized
    .filter(({ stats }) => stats.isFile())
    .toSorted((a, b) => b.stats.size - a.stats.size)
  if (!largest) throw new Error('no data to corrupt')
  const bytes = await readFile(largest.file)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff
  await chmod(largest.file, 0o600)
  await writeFile(largest.file, bytes)
}

describe('a real restic repository', () => {
  it('is healthy: saved each night, encrypted, away, its data read back', async () => {
    ok(await site.restic('sain', 'init'))
    for (let days = 8; days >= 0; days -= 1) await resticNight('sain', days)
    await aServerNamed('SRV-PEDA')
    const file = await settings('sain')
    ok(await site.script('releve-restic.sh', '--verifier', file))
    const told = ok(await site.script('releve-restic.sh', file))
    expect(JSON.parse(told.stdout)).toMatchObject({
      recorded: true,
      repository: { versions: 9, encrypted: true },
    })
    expect(await evidence()).toMatchObject({
      success_ratio_30d: 1,
      versions_kept: 9,
      server_covered: 1,
      check_passed: true,
      logged: true,
    })
    expect(await verdicts()).toMatchObject({
      'MCO-SVG-1': 'compliant',
      'MCO-SVG-2': 'compliant',
      'MCO-SVG-3': 'compliant',
      'MCO-SVG-5': 'compliant',
      'MCO-SVG-12': 'compliant',
      'MCO-SVG-13': 'compliant',
      'UTI-ESF-9': 'compliant',
      'UTI-ESF-10': 'compliant',
    })
  })

  it('is neglected: one old version, nothing planned, on the spot', async () => {
    ok(await site.restic('neglige', 'init'))
    await resticNight('neglige', 12)
    const file = await settings('neglige', {
      VIGIE_PLANNED_INTERVAL_HOURS: '0',
      VIGIE_REMOTE: 'false',
      VIGIE_TRANSPORT: 'none',
      VIGIE_LOGGED: 'false',
    })
    ok(await site.script('releve-restic.sh', file))
    expect(await verdicts()).toMatchObject({
      'MCO-SVG-2': 'non_compliant',
      'MCO-SVG-3': 'non_compliant',
      'MCO-SVG-5': 'non_compliant',
      'MCO-SVG-13': 'non_compliant',
    })
  })

  it('missed half of its nights', async () => {
    ok(await site.restic('irregulier', 'init'))
    for (const days of [9, 6, 4, 2]) await resticNight('irregulier', days)
    ok(await site.script('releve-restic.sh', await settings('irregulier')))
    const { success_ratio_30d: ratio } = await evidence()
    expect(ratio).toBeLessThan(0.5)
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-1': 'non_compliant', 'MCO-SVG-2': 'partial' })
  })

  it('holds corrupted data that a check of the index does not see', async () => {
    ok(await site.restic('abime', 'init'))
    for (const days of [2, 1, 0]) await resticNight('abime', days)
    await corrupt('abime')
    const shallow = await site.restic('abime', 'check')
    expect(shallow).toMatchObject({ code: 0, stderr: '' })
    const file = await settings('abime')
    ok(await site.script('releve-restic.sh', file))
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-3': 'compliant' })
    ok(await site.script('releve-restic.sh', '--verifier', file))
    const told = ok(await site.script('releve-restic.sh', file))
    expect(told.stdout).toContain('a trouvé des erreurs')
    expect(await evidence()).toMatchObject({ versions_kept: 0, check_passed: false })
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-3': 'non_compliant', 'UTI-ESF-10': 'non_compliant' })
  })

  it('is restored, compared, and the result signed', async () => {
    ok(await site.restic('restaure', 'init'))
    await resticNight('restaure', 0)
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const keyFile = join(site.directory, 'signature.pem')
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const key = await addSigningKey(ctx, uai, {
      label: 'Serveur de sauvegarde',
      publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
    })
    const file = await settings('restaure', {
      VIGIE_SIGNING_KEY_FILE: keyFile,
      VIGIE_SIGNING_KEY_ID: key.id,
    })
    const told = ok(await site.script('test-restauration.sh', 'restic', file, site.witness))
    const { id } = JSON.parse(told.stdout) as { id: string }
    expect(await verifyRestoreTest(ctx, uai, id)).toMatchObject({
      verdict: 'valid',
      test: { result: 'success', signedBy: 'machine', restored: 'Dossier témoin, 5 fichiers comparés' },
    })
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-8': 'compliant' })

    await writeFile(join(site.witness, 'piece-0.txt'), 'changée depuis\n')
    const differs = await site.script('test-restauration.sh', 'restic', file, site.witness)
    expect(differs.code).toBe(1)
    expect(differs.stderr).toContain('Résultat : partial')
    await writeFile(join(site.witness, 'piece-0.txt'), 'Pièce 0\n'.repeat(2_000))

    const stranger = generateKeyPairSync('ed25519').privateKey
    await writeFile(keyFile, stranger.export({ type: 'pkcs8', format: 'pem' }))
    const forged = await site.script('test-restauration.sh', 'restic', file, site.witness)
    expect(forged.code).not.toBe(0)
    expect(forged.stderr).toContain('une autre clé a signé')
  })
})

describe('a real borg repository', () => {
  it('is healthy, its times read in the zone where it ran', async () => {
    ok(await site.borg('borg-sain', 'init', '--encryption', 'repokey-blake2'))
    for (let days = 8; days >= 0; days -= 1) await borgNight('borg-sain', days)
    await aServerNamed(site.host)
    const file = await settings('borg-sain')
    ok(await site.script('releve-borg.sh', '--verifier', file))
    ok(await site.script('releve-borg.sh', file))
    const known = await evidence()
    expect(known).toMatchObject({
      encrypted_at_rest: true,
      versions_kept: 9,
      success_ratio_30d: 1,
      server_covered: 1,
      check_passed: true,
    })
    expect(known['last_success_age']).toBeCloseTo(1, 1)
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-1': 'compliant', 'MCO-SVG-12': 'compliant' })
  })

  it('is not encrypted, and travels in clear', async () => {
    ok(await site.borg('borg-clair', 'init', '--encryption', 'none'))
    for (const days of [1, 0]) await borgNight('borg-clair', days)
    const told = ok(
      await site.script('releve-borg.sh', await settings('borg-clair', { VIGIE_TRANSPORT: 'clear' })),
    )
    expect(told.stdout).toContain('n’est pas chiffré')
    expect(await evidence()).toMatchObject({ encrypted_at_rest: false, encrypted_in_transit: false })
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-12': 'non_compliant' })
  })

  it('holds corrupted data', async () => {
    ok(await site.borg('borg-abime', 'init', '--encryption', 'repokey-blake2'))
    for (const days of [1, 0]) await borgNight('borg-abime', days)
    await corrupt('borg-abime')
    const file = await settings('borg-abime')
    ok(await site.script('releve-borg.sh', '--verifier', file))
    ok(await site.script('releve-borg.sh', file))
    expect(await evidence()).toMatchObject({ check_passed: false, versions_kept: 0 })
  })

  it('is restored from its newest archive', async () => {
    ok(await site.borg('borg-restaure', 'init', '--encryption', 'repokey-blake2'))
    await borgNight('borg-restaure', 0)
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const keyFile = join(site.directory, 'signature-borg.pem')
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
    const key = await addSigningKey(ctx, uai, { label: 'Serveur borg', publicKey: pem })
    const file = await settings('borg-restaure', {
      VIGIE_SIGNING_KEY_FILE: keyFile,
      VIGIE_SIGNING_KEY_ID: key.id,
    })
    ok(await site.script('test-restauration.sh', 'borg', file, site.witness))
    expect(await verdicts()).toMatchObject({ 'MCO-SVG-8': 'compliant' })
  })
})

describe('the scripts', () => {
  it('show what would be read, without recording, and what would be sent, without sending', async () => {
    ok(await site.restic('essai', 'init'))
    await resticNight('essai', 0)
    const file = await settings('essai')
    const dry = ok(await site.script('releve-restic.sh', '--essai', file))
    expect(JSON.parse(dry.stdout)).toMatchObject({ recorded: false, repository: { versions: 1 } })
    const shown = ok(await site.script('releve-restic.sh', '--montrer', file))
    expect(JSON.parse(shown.stdout)).toMatchObject({ uai, repository: 'essai', tool: 'restic' })
    expect(shown.stdout).not.toMatch(/mot de passe|vigie_|username/)
    expect(await evidence()).toEqual({})
  })

  it('tell a password that no longer opens, as a failure', async () => {
    ok(await site.restic('ferme', 'init'))
    const file = await settings('ferme', { RESTIC_PASSWORD: 'un autre' })
    const told = ok(await site.script('releve-restic.sh', file))
    expect(told.stdout).toContain('le mot de passe est refusé')
    const failures = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.collectionFailure).where(eq(schema.collectionFailure.uai, uai)),
    )
    expect(failures.length).toBeGreaterThan(5)
  })

  it('say in French what Vigie refuses, and never show the token', async () => {
    ok(await site.restic('refuse', 'init'))
    await resticNight('refuse', 0)
    const wrong = await site.script('releve-restic.sh', await settings('refuse', { VIGIE_COVERS: 'tout' }))
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('/covers/0 : attendu : servers, administration, pedagogy, logs')
    const stranger = join(site.directory, 'jeton-inconnu')
    await writeFile(stranger, 'vigie_inconnu')
    const refused = await site.script(
      'releve-restic.sh',
      await settings('refuse', { VIGIE_TOKEN_FILE: stranger }),
    )
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('(401)')
    expect(refused.stderr).not.toContain('vigie_inconnu')
    const missing = await site.script('releve-restic.sh', await settings('refuse', { VIGIE_COVERS: '' }))
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('VIGIE_COVERS manque') as string,
    })
  })
})
