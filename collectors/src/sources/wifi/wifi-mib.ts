import { cellText, type SnmpCell, type SnmpReader } from '../snmp/snmp-session.ts'
import type { WifiNetwork, WifiSecurity } from './wifi-network.ts'

const MIB = '1.2.840.10036.1'
/** IEEE802dot11-MIB, one row per radio interface. */
const DOT11 = {
  ssid: `${MIB}.1.1.9`,
  privacyInvoked: `${MIB}.5.1.1`,
  rsnaEnabled: `${MIB}.5.1.7`,
  suiteSelected: `${MIB}.9.1.20`,
} as const
const TRUE = 1

/** IEEE 802.11, AKM suite selectors `00-0F-AC:n`. */
const SUITES: Readonly<Record<number, WifiSecurity>> = {
  1: 'wpa2-enterprise',
  2: 'wpa2-personal',
  3: 'wpa2-enterprise',
  4: 'wpa2-personal',
  5: 'wpa2-enterprise',
  6: 'wpa2-personal',
  8: 'wpa3-personal',
  9: 'wpa3-personal',
  11: 'wpa3-enterprise',
  12: 'wpa3-enterprise',
  13: 'wpa3-enterprise',
  18: 'owe',
}

/** Columns of another MIB: a controller's own, one row per network. */
export interface WifiColumns {
  /** Tells networks apart; not kept. */
  readonly name: string
  readonly security: string
  /** Value of the security column, as text, to its meaning. */
  readonly securities: Readonly<Record<string, WifiSecurity>>
  readonly vlan?: string
}

/** Reads the networks of an access point or a controller by the IEEE 802.11 MIB. */
export async function readDot11(
  reader: SnmpReader,
  guestNames: ReadonlySet<string>,
): Promise<readonly WifiNetwork[]> {
  const names = await reader.column(DOT11.ssid)
  const privacy = byIndex(await reader.column(DOT11.privacyInvoked))
  const rsna = byIndex(await reader.column(DOT11.rsnaEnabled))
  const suites = byIndex(await reader.column(DOT11.suiteSelected))
  return names.flatMap(({ index, value }) => {
    const label = cellText(value)
    if (label === '') return []
    const security = securityOf(privacy.get(index), rsna.get(index), suites.get(index))
    return [{ label, security, vlan: null, guest: guestNames.has(label) }]
  })
}

/** Reads the networks of a controller by columns of its own MIB. */
export async function readColumns(
  reader: SnmpReader,
  columns: WifiColumns,
  guestNames: ReadonlySet<string>,
): Promise<readonly WifiNetwork[]> {
  const names = await reader.column(columns.name)
  const securities = byIndex(await reader.column(columns.security))
  const vlans = columns.vlan === undefined ? null : byIndex(await reader.column(columns.vlan))
  return names.map(({ index, value }) => {
    const label = cellText(value)
    const told = securities.get(index)
    const vlan = vlans?.get(index)
    return {
      label,
      security: told === undefined ? null : (columns.securities[cellText(told)] ?? null),
      vlan: vlan === undefined ? null : cellText(vlan),
      guest: guestNames.has(label),
    }
  })
}

/**
 * In: dot11PrivacyInvoked, dot11RSNAEnabled and dot11RSNAAuthenticationSuiteSelected of an interface. Out: its security, null
 * when the device does not tell enough: a protection whose kind is unknown is not called open.
 */
export function securityOf(
  privacy: SnmpCell['value'] | undefined,
  rsna: SnmpCell['value'] | undefined,
  suite: SnmpCell['value'] | undefined,
): WifiSecurity | null {
  if (rsna === TRUE) {
    const selected = Buffer.isBuffer(suite) && suite.length === 4 ? suite : null
    const isIeee = selected !== null && selected.readUIntBE(0, 3) === 0x000fac
    return isIeee ? (SUITES[selected.readUInt8(3)] ?? null) : null
  }
  if (privacy === undefined) return null
  if (privacy !== TRUE) return 'open'
  return rsna === undefined ? null : 'wep'
}

const byIndex = (cells: readonly SnmpCell[]): ReadonlyMap<string, SnmpCell['value']> =>
  new Map(cells.map(({ index, value }) => [index, value]))
