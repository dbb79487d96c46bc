import { CollectionError } from '../../collector.ts'
import type { Findings, Part } from '../etablissement/findings.ts'
import { breathe, type Pace } from '../etablissement/pace.ts'
import { withSnmp, type SnmpDevice } from '../snmp/snmp-session.ts'
import { countPorts } from './port-control.ts'

/** The switches of one establishment where machines are plugged. */
export interface AccessInput {
  readonly switches: readonly { readonly device: SnmpDevice; readonly uplinks: ReadonlySet<string> }[]
  readonly pace: Pace
}

const PAE = '1.0.8802.1.1.1.1'
const SYSTEM_CONTROL = `${PAE}.1.1`
const PORT_CONTROL = `${PAE}.2.1.1.6`
const KEYS = ['network.access_controlled'] as const

/** Reads on each switch which ports demand IEEE 802.1X: access is controlled when all those of workstations do. */
export const accessPart = (uai: string, input: AccessInput): Part => ({
  uai,
  keys: KEYS,
  find: (_io, signal) => findAccess(input, signal),
})

async function findAccess({ switches, pace }: AccessInput, signal: AbortSignal): Promise<Findings> {
  let [ports, controlled] = [0, 0]
  for (const { device, uplinks } of switches) {
    await breathe(pace, signal)
    const figures = await withSnmp(device, pace.probeTimeoutMs, signal, async (reader) => {
      const [system] = await reader.column(SYSTEM_CONTROL)
      const controls = await reader.column(PORT_CONTROL)
      if (!system || controls.length === 0) {
        throw new CollectionError(
          `${device.host} ne donne pas l’état de 802.1X (IEEE8021-PAE-MIB). Donnez au compte le droit de le lire ; s’il ne le connaît pas, déclarez l’exigence.`,
          { retryable: false },
        )
      }
      const numbers = controls.flatMap(({ index, value }) =>
        typeof value === 'number' ? [[index, value] as const] : [],
      )
      return countPorts(typeof system.value === 'number' ? system.value : null, new Map(numbers), uplinks)
    })
    ports += figures.ports
    controlled += figures.controlled
  }
  if (ports === 0) {
    throw new CollectionError('Tous les ports sont des liaisons : corrigez « uplinks ».', {
      retryable: false,
    })
  }
  const hosts = switches.map(({ device }) => device.host).join(', ')
  const source = `802.1X sur ${hosts} : ${controlled} ports contrôlés sur ${ports}`
  return { proven: [{ key: KEYS[0], value: controlled === ports, source }], failed: [], ignored: [] }
}
