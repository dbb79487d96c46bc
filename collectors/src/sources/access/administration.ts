import { CollectionError } from '../../collector.ts'
import type { Findings, Part } from '../etablissement/findings.ts'
import { breathe, type Pace } from '../etablissement/pace.ts'
import { cellText, withSnmp, type SnmpDevice } from '../snmp/snmp-session.ts'

/** The security devices of one establishment, and the consoles that should run them. */
export interface AdministrationInput {
  /** `oid`: the column where this model tells which console administers it. */
  readonly devices: readonly { readonly device: SnmpDevice; readonly oid: string }[]
  /** Addresses, names or serial numbers of the central console. */
  readonly consoles: ReadonlySet<string>
  readonly pace: Pace
}

const KEYS = ['network.central_administration'] as const

/** Reads on each security device which console administers it: the same one for all is a central administration. */
export const administrationPart = (uai: string, input: AdministrationInput): Part => ({
  uai,
  keys: KEYS,
  find: (_io, signal) => findAdministration(input, signal),
})

async function findAdministration(
  { devices, consoles, pace }: AdministrationInput,
  signal: AbortSignal,
): Promise<Findings> {
  let attached = 0
  for (const { device, oid } of devices) {
    await breathe(pace, signal)
    const told = await withSnmp(device, pace.probeTimeoutMs, signal, (reader) => reader.column(oid))
    if (told.length === 0) {
      throw new CollectionError(
        `${device.host} ne donne pas ${oid}. Vérifiez l’OID dans la documentation de ce modèle, et les droits du compte.`,
        { retryable: false },
      )
    }
    if (told.some(({ value }) => consoles.has(cellText(value)))) attached += 1
  }
  const source = `Console centrale de ${attached} équipements de sécurité sur ${devices.length}`
  return { proven: [{ key: KEYS[0], value: attached === devices.length, source }], failed: [], ignored: [] }
}
