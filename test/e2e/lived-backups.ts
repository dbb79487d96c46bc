import { randomUUID } from 'node:crypto'
import type { Context, Deps } from '@vigie/api/context'
import { receiveReport } from '@vigie/api/features/backups/receive-report.ts'
import { recordRestoreTest } from '@vigie/api/features/restore-tests/record-restore-test.ts'
import { schema } from '@vigie/db'
import { aClock } from '../support/clock.ts'
import { contextOf } from '../support/deps.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'

const DAY = 86_400_000
const at = (daysAgo: number, hours = 0) =>
  new Date(Date.now() - daysAgo * DAY - hours * 3_600_000).toISOString()

const nights = (from: number, count: number, host: string) =>
  Array.from({ length: count }, (_, n) => ({ at: at(from + n, 8), success: true, host }))

interface Told {
  readonly repository: string
  readonly covers: readonly string[]
  readonly daysAgo: number
  readonly host: string
  readonly nights: number
  readonly sizeBytes: number
  readonly remote: boolean
  readonly encrypted: boolean
  readonly check?: { readonly success: boolean; readonly readsData: boolean }
}

async function report(ctx: Context, uai: string, told: Told): Promise<void> {
  const { repository, covers, daysAgo, host, sizeBytes, remote, encrypted, check } = told
  await receiveReport(
    { ...ctx, clock: aClock(at(daysAgo)) },
    {
      ...{ uai, repository, covers, remote },
      tool: 'generic',
      collectedAt: at(daysAgo, 1),
      plannedIntervalHours: 24,
      keptInFullDays: 30,
      transport: remote ? 'ssh' : 'none',
      documents: {
        runs: nights(daysAgo, told.nights, host),
        versions: told.nights,
        sizeBytes,
        encrypted,
        ...(check ? { check: { at: at(daysAgo, 3), ...check } } : {}),
      },
    },
    false,
  )
}

const aServer = ({ db }: Deps, uai: string, name: string) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.insert(schema.machine).values({
      id: randomUUID(),
      ...{ uai, name, kind: 'server', identity: `serial:${name}`, agent: 'essai', sections: {} },
      contentDigest: '',
      firstSeenAt: new Date(),
      lastInventoryAt: new Date(),
    }),
  )

/** A collège with a sound repository and a neglected one, a school without any, and their people. */
export async function aSavedAcademie(deps: Deps) {
  const ctx = contextOf(deps)
  const uai = await anEtablissement()
    .college()
    .with({ name: 'Collège des Tilleuls', commune: 'Villeneuve-les-Essais' })
    .insert(deps.db)
  const quiet = await anEtablissement()
    .with({ name: 'École des Peupliers', commune: 'Brumeval' })
    .insert(deps.db)
  const on = (code: string) => ({ kind: 'etablissement', code }) as const
  const people = {
    head: await aPerson(deps, { role: 'chef_etablissement', perimeter: on(uai) }),
    referent: await aPerson(deps, { role: 'referent', perimeter: on(uai) }),
    quietHead: await aPerson(deps, { role: 'directeur_ecole', perimeter: on(quiet) }),
    aqssi: await aPerson(deps, { role: 'aqssi', perimeter: { kind: 'academie', code: '98' } }),
  }
  await aServer(deps, uai, 'SRV-PEDA')
  await aServer(deps, uai, 'SRV-CDI')
  for (let day = 12; day >= 0; day -= 1) {
    await report(ctx, uai, {
      repository: 'serveur',
      covers: ['servers', 'administration'],
      daysAgo: day,
      host: 'srv-peda.college.exemple.fr',
      nights: 20,
      sizeBytes: 180_000_000_000 + (12 - day) * 1_400_000_000,
      remote: true,
      encrypted: true,
      ...(day === 3 ? { check: { success: true, readsData: true } } : {}),
    })
    if (day >= 4)
      await report(ctx, uai, {
        repository: 'nas-du-cdi',
        covers: ['pedagogy'],
        daysAgo: day,
        host: 'nas',
        nights: day === 4 ? 1 : 3,
        sizeBytes: day === 4 ? 12_000_000_000 : 61_000_000_000,
        remote: false,
        encrypted: false,
      })
  }
  const { id: test } = await recordRestoreTest({ ...ctx, clock: aClock(at(40)) }, uai, {
    performedAt: at(41),
    performedBy: 'Référent numérique',
    restored: 'Dossier Comptabilité de septembre, ouvert et comparé',
    result: 'success',
    repository: 'serveur',
    durationMinutes: 12,
    comment: null,
  })
  return { uai, quiet, people, test }
}
