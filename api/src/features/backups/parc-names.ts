import type { ParcNames } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { and, asc, eq, isNull } from 'drizzle-orm'

/** Names of the servers and of the administration's workstations in service, as the parc knows them. */
export async function parcNames(tx: Tx, uai: string): Promise<ParcNames> {
  const { machine } = schema
  const rows = await tx
    .select({ name: machine.name, kind: machine.kind, usage: machine.usage })
    .from(machine)
    .where(and(eq(machine.uai, uai), isNull(machine.retiredAt)))
    .orderBy(asc(machine.name))
  return {
    servers: rows.filter(({ kind }) => kind === 'server').map(({ name }) => name),
    administrative: rows
      .filter(({ kind, usage }) => usage === 'administratif' && (kind === 'workstation' || kind === 'laptop'))
      .map(({ name }) => name),
  }
}
