/** How a wireless network lets clients in. */
export const WIFI_SECURITIES = [
  'open',
  'owe',
  'wep',
  'wpa',
  'wpa2-personal',
  'wpa3-personal',
  'personal-individual',
  'wpa2-enterprise',
  'wpa3-enterprise',
] as const
export type WifiSecurity = (typeof WIFI_SECURITIES)[number]

/** A wireless network as a device or an export tells it. `label` only tells networks apart while they are counted. */
export interface WifiNetwork {
  readonly label: string
  /** Null when the device does not say it. */
  readonly security: WifiSecurity | null
  /** VLAN or zone, null when it is not told. */
  readonly vlan: string | null
  /** True for the network of machines from outside the parc. */
  readonly guest: boolean
}

/**
 * Encrypted and authenticated: each person or machine has an identity of its own. A key that a whole school shares tells nobody
 * apart; OWE encrypts for anyone; WEP and WPA are broken.
 */
const SECURED: ReadonlySet<WifiSecurity> = new Set([
  'personal-individual',
  'wpa2-enterprise',
  'wpa3-enterprise',
])

/** What is counted of an establishment's wireless networks: no name. */
export interface WifiFigures {
  readonly networks: number
  readonly secured: number
  /** Networks whose security nobody tells: `secured` is then not known. */
  readonly untold: number
  /** Null when there is no guest network, or when VLANs are not told. */
  readonly guestsApart: boolean | null
}

/** In: networks of all devices; several access points may give the same one. Out: figures, the worst security of a network counting. */
export function countWifi(networks: readonly WifiNetwork[]): WifiFigures {
  const byLabel = [...Map.groupBy(networks, ({ label }) => label).values()]
  const isSecured = (same: readonly WifiNetwork[]) =>
    same.every(({ security }) => security !== null && SECURED.has(security))
  const isWeak = (same: readonly WifiNetwork[]) =>
    same.some(({ security }) => security !== null && !SECURED.has(security))
  return {
    networks: byLabel.length,
    secured: byLabel.filter(isSecured).length,
    untold: byLabel.filter((same) => !isSecured(same) && !isWeak(same)).length,
    guestsApart: guestsApart(networks),
  }
}

function guestsApart(networks: readonly WifiNetwork[]): boolean | null {
  const guests = networks.filter(({ guest }) => guest)
  const others = networks.filter(({ guest }) => !guest)
  if (guests.length === 0 || networks.some(({ vlan }) => vlan === null)) return null
  const inside = new Set(others.map(({ vlan }) => vlan))
  return guests.every(({ vlan }) => !inside.has(vlan))
}
