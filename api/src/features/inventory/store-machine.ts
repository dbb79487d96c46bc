import {
  describeMachine,
  deviceIdentity,
  hardwareIdentity,
  mergeSections,
  sectionsDigest,
  softwareDigest,
  type InventoryReport,
  type Machine,
} from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { findMachine, type KnownMachine } from './find-machine.ts'
import { storeSoftware } from './store-software.ts'

type Inventory = Extract<InventoryReport, { query: 'INVENTORY' }>
type Row = typeof schema.machine.$inferInsert

export interface StoredMachine {
  readonly machineId: string
  readonly outcome: 'created' | 'updated' | 'unchanged'
}

const instant = (iso: string | null) => (iso === null ? null : new Date(iso))

const columnsOf = (machine: Machine) => ({
  ...machine,
  osInstalledAt: instant(machine.osInstalledAt),
  lastBootAt: instant(machine.lastBootAt),
  lastUpdateAt: instant(machine.lastUpdateAt),
})

/** Writes the reported state; what people set (usage, sharing, retirement) stays. Out: the machine's id. */
async function upsert(tx: Tx, row: Row, known: KnownMachine | null): Promise<string> {
  const { id, uai, firstSeenAt, ...reported } = row
  if (known) {
    await tx.update(schema.machine).set(reported).where(eq(schema.machine.id, known.id))
    return known.id
  }
  const [inserted] = await tx
    .insert(schema.machine)
    .values({ ...reported, id, uai, firstSeenAt })
    .onConflictDoUpdate({ target: [schema.machine.uai, schema.machine.identity], set: reported })
    .returning({ id: schema.machine.id })
  return inserted?.id ?? id
}

const rememberAlias = (tx: Tx, uai: string, deviceId: string, machineId: string, seenAt: Date) =>
  tx
    .insert(schema.machineAlias)
    .values({ uai, deviceId, machineId, seenAt })
    .onConflictDoUpdate({
      target: [schema.machineAlias.uai, schema.machineAlias.deviceId],
      set: { machineId, seenAt },
    })

async function assertKnownEtablissement(tx: Tx, uai: string): Promise<void> {
  const [found] = await tx
    .select({ state: schema.etablissement.state })
    .from(schema.etablissement)
    .where(eq(schema.etablissement.uai, uai))
  if (!found)
    throw new AppError('not_found', 'L’établissement de ce compte de collecte n’est pas dans l’annuaire.')
}

/** The same content again: only the dates move. */
const refresh = (tx: Tx, known: KnownMachine, report: Inventory, at: Date) => {
  const bootedAt = instant(report.sections.operatingSystem?.bootedAt ?? null)
  return tx
    .update(schema.machine)
    .set({ lastInventoryAt: at, agent: report.agent, ...(bootedAt ? { lastBootAt: bootedAt } : {}) })
    .where(eq(schema.machine.id, known.id))
}

/**
 * Writes one inventory into the parc, in the caller's transaction: the machine, its agent's identifier, its
 * software. Errors: `not_found` (establishment absent from the annuaire), `conflict` (partial inventory of a machine
 * never seen whole).
 */
export async function storeMachine(
  tx: Tx,
  ctx: Context,
  uai: string,
  report: Inventory,
): Promise<StoredMachine> {
  await assertKnownEtablissement(tx, uai)
  const hardware = hardwareIdentity(report.sections)
  const known = await findMachine(tx, uai, hardware, report.deviceId)
  if (report.partial && !known) {
    throw new AppError('conflict', 'Cette machine n’est pas encore connue : envoyez un inventaire complet.')
  }
  const at = ctx.clock.now()
  const sections = report.partial && known ? mergeSections(known.sections, report.sections) : report.sections
  const contentDigest = sectionsDigest(sections)
  const software = report.software ?? (report.partial ? null : [])
  const digest = software && (software.length > 0 ? softwareDigest(software) : '')
  const sameSoftware = digest === null || digest === (known?.softwareDigest ?? '')
  const identity = hardware ?? known?.identity ?? deviceIdentity(report.deviceId)
  if (known?.contentDigest === contentDigest && sameSoftware && known.identity === identity) {
    await refresh(tx, known, report, at)
    if (!known.aliased) await rememberAlias(tx, uai, report.deviceId, known.id, at)
    return { machineId: known.id, outcome: 'unchanged' }
  }
  const machineId = await upsert(
    tx,
    {
      ...columnsOf(describeMachine(sections, report.deviceId)),
      id: ctx.random.uuid(),
      uai,
      identity,
      agent: report.agent,
      sections: { ...sections },
      contentDigest,
      firstSeenAt: at,
      lastInventoryAt: at,
    },
    known,
  )
  if (!known?.aliased) await rememberAlias(tx, uai, report.deviceId, machineId, at)
  if (software && digest !== null && !sameSoftware)
    await storeSoftware(tx, ctx.db, { machineId, uai, digest, software })
  return { machineId, outcome: known ? 'updated' : 'created' }
}
