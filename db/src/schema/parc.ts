import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export type MachineKind = 'workstation' | 'laptop' | 'server' | 'network' | 'printer' | 'mobile' | 'other'

export const machine = pgTable(
  'machine',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    /** Stable hardware identity, with its origin: `uuid:…`, `serial:…`, `mac:…`. */
    identity: text('identity').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<MachineKind>().notNull(),
    usage: text('usage').$type<'administratif' | 'pedagogique'>(),
    shared: boolean('shared'),
    manufacturer: text('manufacturer'),
    model: text('model'),
    serial: text('serial'),
    hardwareUuid: text('hardware_uuid'),
    biosDate: text('bios_date'),
    osName: text('os_name'),
    osVersion: text('os_version'),
    osKernel: text('os_kernel'),
    osInstalledAt: instant('os_installed_at'),
    lastBootAt: instant('last_boot_at'),
    lastUpdateAt: instant('last_update_at'),
    architecture: text('architecture'),
    processor: text('processor'),
    memoryMb: integer('memory_mb'),
    diskMb: integer('disk_mb'),
    diskEncrypted: boolean('disk_encrypted'),
    antivirus: text('antivirus'),
    antivirusActive: boolean('antivirus_active'),
    antivirusUpToDate: boolean('antivirus_up_to_date'),
    firewallActive: boolean('firewall_active'),
    agent: text('agent').notNull(),
    /** Retained sections of the latest inventory, sanitised: what partial inventories merge into. */
    sections: jsonb('sections').$type<Record<string, unknown>>().notNull(),
    contentDigest: text('content_digest').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastInventoryAt: instant('last_inventory_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('machine_identity_unique').on(t.uai, t.identity),
    index('machine_uai_name_idx').on(t.uai, t.name),
    index('machine_watched_idx')
      .on(t.uai)
      .where(sql`kind in ('server', 'network', 'printer')`),
  ],
)

/** Agent identifiers under which a machine has reported: DEVICEID is no hardware key. */
export const machineAlias = pgTable(
  'machine_alias',
  {
    uai: text('uai').notNull(),
    deviceId: text('device_id').notNull(),
    machineId: uuid('machine_id')
      .notNull()
      .references(() => machine.id),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.deviceId] }), index('machine_alias_machine_idx').on(t.machineId)],
)

/** Dictionary of software seen anywhere; holds no establishment data. */
export const software = pgTable(
  'software',
  {
    id: serial('id').primaryKey(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    publisher: text('publisher').notNull(),
  },
  (t) => [uniqueIndex('software_unique').on(t.name, t.version, t.publisher)],
)

export const machineSoftware = pgTable(
  'machine_software',
  {
    machineId: uuid('machine_id')
      .primaryKey()
      .references(() => machine.id),
    uai: text('uai').notNull(),
    digest: text('digest').notNull(),
    softwareIds: integer('software_ids').array().notNull(),
  },
  (t) => [index('machine_software_uai_idx').on(t.uai)],
)
