import { schema, type Tx } from '@vigie/db'
import { SERVICE_IDS, SERVICES } from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import { MODULES } from './modules.ts'
import type { Target } from './schema.ts'

export type TargetRow = typeof schema.supervisionTarget.$inferSelect

export const ORIGIN_LABELS = { declared: 'Déclarée', learnt: 'Apprise du parc' } as const

const nameOf = new Map<string, string>(SERVICES.map(({ id, name }) => [id, name]))

/** A target as a screen shows it. In: its row, and the name of its machine when it has one that is seen. */
export function presentTarget(row: TargetRow, machineName: string | null): Target {
  const service = SERVICE_IDS.find((id) => id === row.service) ?? null
  return {
    id: row.id,
    module: row.module,
    moduleLabel: MODULES[row.module].label,
    address: row.address,
    label: row.label,
    service,
    serviceName: service && (nameOf.get(service) ?? null),
    origin: row.origin,
    originLabel: ORIGIN_LABELS[row.origin],
    machine: row.machineId !== null && machineName !== null ? { id: row.machineId, name: machineName } : null,
    enabled: row.disabledAt === null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The target of this establishment. Errors: `not_found`. */
export async function findTarget(
  tx: Tx,
  uai: string,
  targetId: string,
): Promise<{ row: TargetRow; machineName: string | null }> {
  const { supervisionTarget, machine } = schema
  const [found] = await tx
    .select({ row: supervisionTarget, machineName: machine.name })
    .from(supervisionTarget)
    .leftJoin(
      machine,
      and(eq(machine.id, supervisionTarget.machineId), eq(machine.uai, supervisionTarget.uai)),
    )
    .where(and(eq(supervisionTarget.id, targetId), eq(supervisionTarget.uai, uai)))
  if (!found) throw new AppError('not_found', 'Cette cible n’existe pas dans cet établissement.')
  return found
}
