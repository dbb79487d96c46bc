import { readFusionInventory } from './fusioninventory.ts'
import { readGlpiJson } from './glpi-json.ts'
import { readBody, type InventoryBody } from './inventory-body.ts'
import { InventoryFault } from './inventory-fault.ts'
import type { RawMessage } from './inventory-raw.ts'
import { sectionsOf, type InventorySections } from './inventory-sections.ts'
import { softwareOf, type Software } from './inventory-software.ts'

/** How the agent wrote: answers are written the same way. */
export type Envelope = Pick<InventoryBody, 'packing' | 'format'>

/** What an agent says, once cleaned. */
export type InventoryReport =
  | { readonly query: 'PROLOG' | 'CONTACT'; readonly deviceId: string; readonly envelope: Envelope }
  | {
      readonly query: 'INVENTORY'
      readonly deviceId: string
      readonly envelope: Envelope
      /** True when the sections left out are unchanged since the last inventory, not empty. */
      readonly partial: boolean
      readonly agent: string
      readonly sections: InventorySections
      /** Null when the agent reports no software section. */
      readonly software: readonly Software[] | null
    }

const DEVICE_ID_LIMIT = 255

function deviceIdOf(message: RawMessage): string {
  const { deviceId } = message
  if (deviceId !== '' && deviceId.length <= DEVICE_ID_LIMIT) return deviceId
  throw new InventoryFault('malformed', 'Le message ne nomme pas l’agent (DEVICEID), ou d’un nom trop long.')
}

/**
 * In: the bytes that an agent posts (FusionInventory XML or GLPI JSON; plain, zlib or gzip). Out: its report.
 * Errors: `InventoryFault` and nothing else, whatever the bytes.
 */
export function readInventory(bytes: Uint8Array): InventoryReport {
  const { packing, format, text } = readBody(bytes)
  const message = format === 'xml' ? readFusionInventory(text) : readGlpiJson(text)
  const deviceId = deviceIdOf(message)
  const envelope = { packing, format }
  switch (message.query) {
    case 'PROLOG':
    case 'CONTACT':
      return { query: message.query, deviceId, envelope }
    case 'INVENTORY': {
      if (message.itemType !== null && message.itemType !== 'Computer') break
      const software = softwareOf(message.sections.softwares)
      const sections = sectionsOf(message.sections, software?.summary ?? null)
      if (Object.keys(sections).length === 0) {
        throw new InventoryFault('malformed', 'L’inventaire est vide : aucune rubrique connue.')
      }
      return {
        query: 'INVENTORY',
        deviceId,
        envelope,
        partial: message.partial,
        agent: message.agent ?? 'inconnu',
        sections,
        software: software?.list ?? null,
      }
    }
  }
  throw new InventoryFault(
    'unsupported',
    'Seuls les messages PROLOG, CONTACT et INVENTORY d’un ordinateur sont pris en charge.',
  )
}
