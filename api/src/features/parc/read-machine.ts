import { isSupported, supportEnd, type InventorySections } from '@vigie/collectors'
import { rowsOf, schema, type Tx } from '@vigie/db'
import { and, eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { presentRow, type MachineRow } from './machine-row.ts'
import type { MachineDetail } from './schema.ts'

type SoftwareList = NonNullable<MachineDetail['software']>

/** In: an establishment and a machine. Out: its row. Errors: `not_found` when absent or out of the perimeter. */
export async function findParcMachine(tx: Tx, uai: string, machineId: string): Promise<MachineRow> {
  const [row] = await tx
    .select()
    .from(schema.machine)
    .where(and(eq(schema.machine.uai, uai), eq(schema.machine.id, machineId)))
  if (!row) throw new AppError('not_found', 'Aucune machine de votre périmètre ne porte cet identifiant.')
  return row
}

async function softwareOf(tx: Tx, machineId: string): Promise<SoftwareList | null> {
  const [installed] = await tx
    .select({ digest: schema.machineSoftware.digest })
    .from(schema.machineSoftware)
    .where(eq(schema.machineSoftware.machineId, machineId))
  if (!installed || installed.digest === '') return null
  return rowsOf<SoftwareList[number]>(
    await tx.execute(sql`
      select s.name, s.version, s.publisher from machine_software ms
      join software s on s.id = any (ms.software_ids)
      where ms.machine_id = ${machineId} order by lower(s.name), s.version`),
  ).map(({ name, version, publisher }) => ({ name, version, publisher }))
}

function sectionsOf(row: MachineRow) {
  const sections: InventorySections = row.sections
  return {
    processors: [...(sections.processors ?? [])],
    drives: [...(sections.drives ?? [])],
    storages: [...(sections.storages ?? [])],
    networks: [...(sections.networks ?? [])],
    antivirusFound: [...(sections.antivirus ?? [])],
    firewallProfiles: [...(sections.firewall ?? [])],
  }
}

/** One machine with its hardware and software. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function readMachine(ctx: Context, uai: string, machineId: string): Promise<MachineDetail> {
  const identity = authorise(ctx.actor, 'parc:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findParcMachine(tx, uai, machineId)
    return {
      ...presentRow(row),
      uai: row.uai,
      hardwareUuid: row.hardwareUuid,
      biosDate: row.biosDate,
      osKernel: row.osKernel,
      osInstalledAt: row.osInstalledAt?.toISOString() ?? null,
      osSupportEndsOn: supportEnd(row),
      osSupported: isSupported(row, ctx.clock.now()),
      lastBootAt: row.lastBootAt?.toISOString() ?? null,
      lastUpdateAt: row.lastUpdateAt?.toISOString() ?? null,
      architecture: row.architecture,
      processor: row.processor,
      memoryMb: row.memoryMb,
      diskMb: row.diskMb,
      antivirusUpToDate: row.antivirusUpToDate,
      agent: row.agent,
      firstSeenAt: row.firstSeenAt.toISOString(),
      ...sectionsOf(row),
      software: await softwareOf(tx, machineId),
    }
  })
}
