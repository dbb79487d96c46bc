import { cpuOf, driveOf, firewallOf, networkOf, storageOf, antivirusOf } from './inventory-entries.ts'
import type { Antivirus, Drive, FirewallProfile, Network, Processor, Storage } from './inventory-entries.ts'
import type { RawRecord, RawSections } from './inventory-raw.ts'
import { integerOf, instantOf, isoDayOf } from './inventory-values.ts'

export interface Hardware {
  readonly name: string | null
  readonly uuid: string | null
  readonly chassis: string | null
  readonly memoryMb: number | null
  readonly virtualSystem: string | null
}
export interface Bios {
  readonly manufacturer: string | null
  readonly model: string | null
  readonly serial: string | null
  /** ISO day. */
  readonly date: string | null
  readonly version: string | null
}
export interface OperatingSystem {
  readonly name: string | null
  readonly version: string | null
  readonly kernel: string | null
  readonly architecture: string | null
  /** ISO instants in UTC. */
  readonly installedAt: string | null
  readonly bootedAt: string | null
}
export interface SoftwareSummary {
  readonly count: number
  /** ISO day of the newest update of the system, when the agent tells updates apart. */
  readonly lastUpdateOn: string | null
}

/** Sections kept of a machine, once cleaned: what a partial inventory merges into. Absent: never reported. */
export interface InventorySections {
  readonly hardware?: Hardware
  readonly bios?: Bios
  readonly operatingSystem?: OperatingSystem
  readonly processors?: readonly Processor[]
  readonly drives?: readonly Drive[]
  readonly storages?: readonly Storage[]
  readonly networks?: readonly Network[]
  readonly antivirus?: readonly Antivirus[]
  readonly firewall?: readonly FirewallProfile[]
  readonly software?: SoftwareSummary
}

const hardwareOf = (raw: RawRecord): Hardware => ({
  name: raw['name'] ?? null,
  uuid: raw['uuid'] ?? null,
  chassis: raw['chassis_type'] ?? null,
  memoryMb: integerOf(raw['memory']),
  virtualSystem: raw['vmsystem'] ?? null,
})

const biosOf = (raw: RawRecord): Bios => ({
  manufacturer: raw['smanufacturer'] ?? raw['mmanufacturer'] ?? null,
  model: raw['smodel'] ?? raw['mmodel'] ?? null,
  serial: raw['ssn'] ?? null,
  date: isoDayOf(raw['bdate'], 'month_first'),
  version: raw['bversion'] ?? null,
})

/** Older agents name the system in HARDWARE only. */
function operatingSystemOf(raw: RawRecord, hardware: RawRecord): OperatingSystem {
  const offset = raw['timezone.offset']
  return {
    name: raw['full_name'] ?? hardware['osname'] ?? raw['name'] ?? null,
    version: raw['version'] ?? null,
    kernel: raw['kernel_version'] ?? hardware['osversion'] ?? null,
    architecture: raw['arch'] ?? null,
    installedAt: instantOf(raw['install_date'], offset),
    bootedAt: instantOf(raw['boot_time'], offset),
  }
}

/** In: what was read at the door, and the summary of its software. Out: the sections it reports, typed. */
export function sectionsOf(raw: RawSections, software: SoftwareSummary | null): InventorySections {
  const hardware = raw.hardware?.[0]
  const system = raw.operatingsystem?.[0]
  const bios = raw.bios?.[0]
  return {
    ...(hardware ? { hardware: hardwareOf(hardware) } : {}),
    ...(bios ? { bios: biosOf(bios) } : {}),
    ...(system || hardware?.['osname']
      ? { operatingSystem: operatingSystemOf(system ?? {}, hardware ?? {}) }
      : {}),
    ...(raw.cpus ? { processors: raw.cpus.map(cpuOf) } : {}),
    ...(raw.drives ? { drives: raw.drives.map(driveOf) } : {}),
    ...(raw.storages ? { storages: raw.storages.map(storageOf) } : {}),
    ...(raw.networks ? { networks: raw.networks.map(networkOf) } : {}),
    ...(raw.antivirus ? { antivirus: raw.antivirus.map(antivirusOf) } : {}),
    ...(raw.firewalls ? { firewall: raw.firewalls.map(firewallOf) } : {}),
    ...(software ? { software } : {}),
  }
}

/** In: the sections kept and those of a partial inventory. Out: each reported section replaces the kept one. */
export const mergeSections = (kept: InventorySections, reported: InventorySections): InventorySections => ({
  ...kept,
  ...reported,
})
