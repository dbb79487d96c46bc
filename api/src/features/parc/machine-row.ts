import { schema } from '@vigie/db'
import { KIND_LABELS, type Parc } from './schema.ts'

export type MachineRow = typeof schema.machine.$inferSelect

export const LISTED = {
  id: schema.machine.id,
  name: schema.machine.name,
  kind: schema.machine.kind,
  usage: schema.machine.usage,
  shared: schema.machine.shared,
  manufacturer: schema.machine.manufacturer,
  model: schema.machine.model,
  serial: schema.machine.serial,
  osName: schema.machine.osName,
  osVersion: schema.machine.osVersion,
  antivirus: schema.machine.antivirus,
  antivirusActive: schema.machine.antivirusActive,
  firewallActive: schema.machine.firewallActive,
  diskEncrypted: schema.machine.diskEncrypted,
  lastInventoryAt: schema.machine.lastInventoryAt,
  retiredAt: schema.machine.retiredAt,
} as const

/** A machine as the list shows it. */
export function presentRow(row: Pick<MachineRow, keyof typeof LISTED>): Parc['rows'][number] {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    kindLabel: KIND_LABELS[row.kind],
    usage: row.usage,
    shared: row.shared,
    manufacturer: row.manufacturer,
    model: row.model,
    serial: row.serial,
    osName: row.osName,
    osVersion: row.osVersion,
    antivirus: row.antivirus,
    antivirusActive: row.antivirusActive,
    firewallActive: row.firewallActive,
    diskEncrypted: row.diskEncrypted,
    lastInventoryAt: row.lastInventoryAt.toISOString(),
    retiredAt: row.retiredAt?.toISOString() ?? null,
  }
}
