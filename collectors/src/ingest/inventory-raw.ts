import { InventoryFault } from './inventory-fault.ts'

/**
 * What may pass the door: any section or field not listed here is never kept, among them environment,
 * processes, agent arguments, users and access logs.
 */
const KEPT = {
  hardware: ['name', 'uuid', 'chassis_type', 'memory', 'vmsystem', 'osname', 'osversion', 'processort'],
  bios: ['smanufacturer', 'smodel', 'ssn', 'bdate', 'mmanufacturer', 'mmodel', 'bversion'],
  operatingsystem: [
    'full_name',
    'name',
    'version',
    'kernel_name',
    'kernel_version',
    'arch',
    'install_date',
    'boot_time',
    'timezone.offset',
  ],
  cpus: ['name', 'core', 'thread', 'speed', 'arch'],
  drives: [
    'letter',
    'volumn',
    'type',
    'filesystem',
    'total',
    'systemdrive',
    'encrypt_status',
    'encrypt_name',
  ],
  storages: ['name', 'model', 'type', 'disksize', 'interface'],
  networks: ['description', 'macaddr', 'mac', 'ipaddress', 'type', 'virtualdev', 'status'],
  antivirus: ['name', 'version', 'enabled', 'uptodate', 'base_version'],
  firewalls: ['profile', 'status'],
  softwares: ['name', 'version', 'publisher', 'installdate', 'install_date', 'release_type', 'from'],
} as const

export type SectionName = keyof typeof KEPT
/** One entry of a section: field names in lower case, values as text. */
export type RawRecord = Readonly<Record<string, string>>
export type RawSections = Partial<Record<SectionName, RawRecord[]>>

/** One agent message once read, whatever its format; nothing is interpreted yet. */
export interface RawMessage {
  readonly query: string
  readonly deviceId: string
  readonly partial: boolean
  readonly itemType: string | null
  readonly agent: string | null
  readonly sections: RawSections
}

const SECTIONS: ReadonlyMap<string, SectionName> = new Map([
  ...(Object.keys(KEPT) as SectionName[]).map((name) => [name, name] as const),
  ['firewall', 'firewalls'],
])
const FIELDS = new Map(
  Object.entries(KEPT).map(([section, fields]) => [section as SectionName, new Set<string>(fields)]),
)

const ENTRIES_LIMIT = 20_000
const VALUE_LIMIT = 1_000

/** In: a section's name as sent. Out: its one name, or undefined when it is not kept. */
export const sectionOf = (sent: string): SectionName | undefined => SECTIONS.get(sent.toLowerCase())

/** In: a kept section and a field's name as sent, dotted when nested. Out: the field's name, or undefined. */
export function fieldOf(section: SectionName, sent: string): string | undefined {
  const field = sent.toLowerCase()
  return FIELDS.get(section)?.has(field) ? field : undefined
}

/** Adds an entry. Errors: `too_large` past 20,000 entries in one section. */
export function addEntry(sections: RawSections, section: SectionName, entry: RawRecord): void {
  const entries = (sections[section] ??= [])
  if (entries.length >= ENTRIES_LIMIT) {
    throw new InventoryFault(
      'too_large',
      `L’inventaire compte plus de ${ENTRIES_LIMIT.toLocaleString('fr-FR')} éléments dans une même rubrique.`,
    )
  }
  entries.push(entry)
}

// eslint-disable-next-line no-control-regex -- control characters are exactly what is removed
const CONTROL = /[\u0000-\u001f\u007f]+/g

/** In: a value as sent. Out: one line of well-formed text that a database can hold, cut at 1,000 characters. */
export const cleanText = (sent: string): string =>
  sent.slice(0, VALUE_LIMIT).replace(CONTROL, ' ').toWellFormed().trim()
