import type { RawRecord } from './inventory-raw.ts'
import { flagOf, integerOf } from './inventory-values.ts'

export interface Processor {
  readonly name: string | null
  readonly cores: number | null
  readonly threads: number | null
  readonly speedMhz: number | null
}
export interface Drive {
  /** Letter or mount point. */
  readonly place: string | null
  readonly filesystem: string | null
  readonly totalMb: number | null
  readonly system: boolean
  /** Null when the agent says nothing of encryption. */
  readonly encrypted: boolean | null
}
export interface Storage {
  readonly model: string | null
  readonly type: string | null
  readonly sizeMb: number | null
}
export interface Network {
  readonly name: string | null
  readonly mac: string | null
  readonly address: string | null
  readonly type: string | null
  readonly virtual: boolean
}
export interface Antivirus {
  readonly name: string | null
  readonly version: string | null
  readonly enabled: boolean
  readonly upToDate: boolean
}
export interface FirewallProfile {
  readonly profile: string | null
  readonly active: boolean
}

export const cpuOf = (raw: RawRecord): Processor => ({
  name: raw['name'] ?? null,
  cores: integerOf(raw['core']),
  threads: integerOf(raw['thread']),
  speedMhz: integerOf(raw['speed']),
})

/** On Windows TYPE says what the drive is and LETTER where; elsewhere TYPE is the mount point. */
export function driveOf(raw: RawRecord): Drive {
  const place = raw['letter'] ?? raw['type'] ?? null
  const status = raw['encrypt_status']
  return {
    place,
    filesystem: raw['filesystem'] ?? null,
    totalMb: integerOf(raw['total']),
    system: flagOf(raw['systemdrive']) ?? (place === '/' || (!raw['systemdrive'] && place === 'C:')),
    encrypted: status === undefined ? null : /^(yes|oui|fully ?encrypted|on|1)$/i.test(status),
  }
}

export const storageOf = (raw: RawRecord): Storage => ({
  model: raw['model'] ?? raw['name'] ?? null,
  type: raw['type'] ?? raw['interface'] ?? null,
  sizeMb: integerOf(raw['disksize']),
})

export const networkOf = (raw: RawRecord): Network => ({
  name: raw['description'] ?? null,
  mac: (raw['macaddr'] ?? raw['mac'])?.toLowerCase() ?? null,
  address: raw['ipaddress'] ?? null,
  type: raw['type'] ?? null,
  virtual: flagOf(raw['virtualdev']) ?? false,
})

export const antivirusOf = (raw: RawRecord): Antivirus => ({
  name: raw['name'] ?? null,
  version: raw['version'] ?? null,
  enabled: flagOf(raw['enabled']) ?? false,
  upToDate: flagOf(raw['uptodate']) ?? false,
})

export const firewallOf = (raw: RawRecord): FirewallProfile => ({
  profile: raw['profile'] ?? null,
  active: flagOf(raw['status']) ?? false,
})
