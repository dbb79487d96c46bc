import type { EvidenceKey } from '@vigie/rules'
import { CollectionError } from '../../collector.ts'
import { failing, type Findings, type Part } from '../etablissement/findings.ts'
import { breathe, type Pace } from '../etablissement/pace.ts'
import { withSnmp, type SnmpDevice } from '../snmp/snmp-session.ts'
import { readWifiExport } from './wifi-export.ts'
import { readColumns, readDot11, type WifiColumns } from './wifi-mib.ts'
import { countWifi, type WifiNetwork } from './wifi-network.ts'

/** Where the wireless networks of one establishment are told. */
export interface WifiInput {
  /** Access points or controllers; the IEEE MIB unless `columns` name another. */
  readonly devices: readonly { readonly device: SnmpDevice; readonly columns?: WifiColumns }[]
  /** Names of the networks for machines from outside; compared, not kept. */
  readonly guestNames: ReadonlySet<string>
  /** A controller's export, read at each run. */
  readonly exported?: { readonly read: () => Promise<Uint8Array> }
  readonly pace: Pace
}

const KEYS = ['network.wifi_networks', 'network.wifi_secured'] as const satisfies readonly EvidenceKey[]

/** Counts the wireless networks of one establishment, and those that are encrypted and authenticated. */
export const wifiPart = (uai: string, input: WifiInput): Part => ({
  uai,
  keys: input.guestNames.size > 0 || input.exported ? [...KEYS, 'network.byod_separated'] : KEYS,
  find: (_io, signal) => findWifi(input, signal),
})

async function findWifi(input: WifiInput, signal: AbortSignal): Promise<Findings> {
  const networks: WifiNetwork[] = []
  const ignored: string[] = []
  for (const { device, columns } of input.devices) {
    await breathe(input.pace, signal)
    if (device.access.version === 'v2c') {
      ignored.push(`${device.host} : communauté SNMP v2c, lisible sur le réseau ; préférez SNMPv3`)
    }
    networks.push(
      ...(await withSnmp(device, input.pace.probeTimeoutMs, signal, (reader) =>
        columns ? readColumns(reader, columns, input.guestNames) : readDot11(reader, input.guestNames),
      )),
    )
  }
  if (input.exported) networks.push(...(await readWifiExport(await input.exported.read())))
  if (input.devices.length > 0 && networks.length === 0) {
    throw new CollectionError(
      'Aucun réseau sans fil n’est donné par ces équipements. Donnez au compte le droit de lire la MIB IEEE 802.11, ou indiquez « columns ».',
      { retryable: false },
    )
  }
  return told(input, networks, ignored)
}

function told(input: WifiInput, networks: readonly WifiNetwork[], ignored: readonly string[]): Findings {
  const { networks: count, secured, untold, guestsApart } = countWifi(networks)
  const hosts = input.devices.map(({ device }) => device.host)
  const source = [
    ...(hosts.length > 0 ? [`SNMP ${hosts.join(', ')}`] : []),
    ...(input.exported ? ['export du contrôleur Wi-Fi'] : []),
  ].join(', ')
  return {
    proven: [
      { key: 'network.wifi_networks', value: count, source },
      ...(untold === 0 ? [{ key: 'network.wifi_secured' as const, value: secured, source }] : []),
      ...(guestsApart === null
        ? []
        : [{ key: 'network.byod_separated' as const, value: guestsApart, source }]),
    ],
    failed:
      untold === 0
        ? []
        : failing(
            ['network.wifi_secured'],
            `La sécurité de ${untold} réseau(x) sans fil n’est pas donnée par l’équipement. Indiquez « columns », ou un export du contrôleur.`,
          ).failed,
    ignored,
  }
}
