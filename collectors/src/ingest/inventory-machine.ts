import { hardwareUuidOf, meaningful } from './inventory-identity.ts'
import type { InventorySections } from './inventory-sections.ts'

export type InventoriedKind = 'workstation' | 'laptop' | 'server' | 'mobile' | 'other'

/** A machine as the parc keeps it; null means that the agent does not know. Instants are ISO, in UTC. */
export interface Machine {
  readonly name: string
  readonly kind: InventoriedKind
  readonly manufacturer: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly hardwareUuid: string | null
  readonly biosDate: string | null
  readonly osName: string | null
  readonly osVersion: string | null
  readonly osKernel: string | null
  readonly osInstalledAt: string | null
  readonly lastBootAt: string | null
  readonly lastUpdateAt: string | null
  readonly architecture: string | null
  readonly processor: string | null
  readonly memoryMb: number | null
  readonly diskMb: number | null
  readonly diskEncrypted: boolean | null
  readonly antivirus: string | null
  readonly antivirusActive: boolean | null
  readonly antivirusUpToDate: boolean | null
  readonly firewallActive: boolean | null
}

const LAPTOP = /laptop|notebook|portable|convertible|detachable/i
const MOBILE = /tablet|hand ?held/i
const SERVER = /server|rack|blade|multi-system/i
const WINDOWS = /windows/i

/** A machine that says nothing of its case is a workstation: agents are installed on workstations first. */
function kindOf({ hardware, operatingSystem }: InventorySections): InventoriedKind {
  const chassis = hardware?.chassis ?? ''
  if (/server/i.test(operatingSystem?.name ?? '') || SERVER.test(chassis)) return 'server'
  if (MOBILE.test(chassis)) return 'mobile'
  return LAPTOP.test(chassis) ? 'laptop' : 'workstation'
}

/** System drives decide; null when no drive says anything of encryption. */
function encryptionOf({ drives = [] }: InventorySections): boolean | null {
  if (drives.every(({ encrypted }) => encrypted === null)) return null
  const system = drives.filter((drive) => drive.system)
  return (system.length > 0 ? system : drives).every(({ encrypted }) => encrypted === true)
}

/** Windows agents always report a registered antivirus, so that none is a fact there and unknown elsewhere. */
function antivirusOf({ antivirus = [], operatingSystem }: InventorySections) {
  const silent = WINDOWS.test(operatingSystem?.name ?? '') ? false : null
  const active =
    antivirus.find(({ enabled, upToDate }) => enabled && upToDate) ?? antivirus.find((a) => a.enabled)
  return {
    antivirus: (active ?? antivirus[0])?.name ?? null,
    antivirusActive: antivirus.length > 0 ? active !== undefined : silent,
    antivirusUpToDate: antivirus.length > 0 ? active?.upToDate === true : silent,
  }
}

const totalMb = ({ storages = [], drives = [] }: InventorySections): number | null => {
  const sizes = storages.map(({ sizeMb }) => sizeMb ?? 0)
  const sum = (sizes.length > 0 ? sizes : drives.map((d) => d.totalMb ?? 0)).reduce((a, b) => a + b, 0)
  return sum > 0 && sum <= 2_147_483_647 ? sum : null
}

/** In: the sections of a machine (whole, or once merged) and its agent's identifier. Out: what they say of it. */
export function describeMachine(sections: InventorySections, deviceId: string): Machine {
  const { hardware, bios, operatingSystem, firewall = [], processors = [], software } = sections
  return {
    name: hardware?.name ?? deviceId,
    kind: kindOf(sections),
    manufacturer: meaningful(bios?.manufacturer),
    model: meaningful(bios?.model),
    serial: meaningful(bios?.serial),
    hardwareUuid: hardwareUuidOf(hardware?.uuid),
    biosDate: bios?.date ?? null,
    osName: operatingSystem?.name ?? null,
    osVersion: operatingSystem?.version ?? null,
    osKernel: operatingSystem?.kernel ?? null,
    osInstalledAt: operatingSystem?.installedAt ?? null,
    lastBootAt: operatingSystem?.bootedAt ?? null,
    lastUpdateAt: software?.lastUpdateOn ? `${software.lastUpdateOn}T00:00:00.000Z` : null,
    architecture: operatingSystem?.architecture ?? null,
    processor: processors[0]?.name ?? null,
    memoryMb: hardware?.memoryMb ?? null,
    diskMb: totalMb(sections),
    diskEncrypted: encryptionOf(sections),
    ...antivirusOf(sections),
    firewallActive: firewall.length > 0 ? firewall.every(({ active }) => active) : null,
  }
}
