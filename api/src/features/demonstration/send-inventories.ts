import { schema } from '@vigie/db'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import type { Context } from '../../context.ts'
import { createCollectorAccount } from '../collector-accounts/create-collector-account.ts'
import { receiveInventory } from '../inventory/receive-inventory.ts'
import { changeMachine } from '../parc/change-machine.ts'
import { inventoryMessage } from './inventory-message.ts'
import { isReporting, qualityAt } from './plan/evidence.ts'
import type { PlannedEtablissement } from './plan/etablissements.ts'
import { machinesOf, type PlannedMachine } from './plan/machines.ts'
import { PROFILES } from './plan/profiles.ts'
import type { Step } from './plan/steps.ts'

type CollectorActor = Extract<Actor, { kind: 'collector' }>

/** The inventory agents of the académie report, each under the collector account of its establishment. */
export async function sendInventories(
  ctx: Context,
  items: readonly PlannedEtablissement[],
  step: Step,
): Promise<void> {
  if (step.inventories === 'none') return
  const accounts = await collectorAccounts(ctx)
  const calling = items.filter(
    (item) => isReporting(item, step) && (step.last || PROFILES[item.profile].silentSince !== null),
  )
  for (const item of calling) {
    const machines = machinesOf(item)
    if (machines.length === 0) continue
    const actor = accounts.get(item.uai) ?? (await openCollector(ctx, item.uai))
    for (const machine of machines) {
      const bytes = inventoryMessage(machine, ctx.clock.now(), qualityAt(item, step))
      await receiveInventory({ ...ctx, actor }, async () => bytes)
    }
    if (item.kind === 'lgt' || item.kind === 'polyvalent') await tellUsage(ctx, item.uai, machines)
  }
}

async function collectorAccounts(ctx: Context): Promise<Map<string, CollectorActor>> {
  const { id, uai, login, revokedAt } = schema.collectorAccount
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select({ id, uai, login }).from(schema.collectorAccount).where(isNull(revokedAt)),
  )
  return new Map(rows.map((row) => [row.uai, { kind: 'collector', ...row }]))
}

async function openCollector(ctx: Context, uai: string): Promise<CollectorActor> {
  const { id, login } = await createCollectorAccount(ctx, uai)
  return { kind: 'collector', id, uai, login }
}

/** Agents do not know whom a machine serves: the établissement says it of the machines of its administration. */
async function tellUsage(ctx: Context, uai: string, machines: readonly PlannedMachine[]): Promise<void> {
  const names = machines.filter(({ administrative }) => administrative).map(({ name }) => name)
  const rows = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ id: schema.machine.id })
      .from(schema.machine)
      .where(and(eq(schema.machine.uai, uai), inArray(schema.machine.name, names))),
  )
  for (const { id } of rows) await changeMachine(ctx, uai, id, { usage: 'administratif' })
}
