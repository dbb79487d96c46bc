import type { InventorySections } from './inventory-sections.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Values that firmware ships with: thousands of machines share them. */
const BOGUS_UUIDS: ReadonlySet<string> = new Set([
  '03000200-0400-0500-0006-000700080009',
  '00020003-0004-0005-0006-000700080009',
  '03020100-0504-0706-0809-0a0b0c0d0e0f',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  '12345678-1234-1234-1234-123456789abc',
  '4c4c4544-0000-2010-8020-80c04f202020',
])
const BOGUS_TEXT =
  /to be filled|o\.e\.m\.|^oem$|^default string$|^system (serial|product|manufacturer|version)|^not (specified|applicable|available|settable|present)|^chassis serial|^none$|^n\/?a$|^unknown$|^invalid$|^empty$|^serial( number)?$|^xxxx+|^123456789?0?$|^(?<sign>.)\k<sign>*$|^\.+$/i

/** In: a text that firmware gives. Out: the text, or null when it is one that makers leave unfilled. */
export const meaningful = (text: string | null | undefined): string | null =>
  text && !BOGUS_TEXT.test(text) ? text : null

/** In: a hardware UUID as sent. Out: in lower case, or null when malformed, repeated or known to be shared. */
export function hardwareUuidOf(sent: string | null | undefined): string | null {
  const uuid = sent?.toLowerCase() ?? ''
  if (!UUID.test(uuid) || BOGUS_UUIDS.has(uuid)) return null
  return new Set(uuid.replaceAll('-', '')).size > 2 ? uuid : null
}

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/
/** Locally administered or multicast addresses are made by software. */
const isFactoryMade = (mac: string) => (Number.parseInt(mac.slice(0, 2), 16) & 0b11) === 0

function lowestMac(sections: InventorySections): string | null {
  const candidates = (sections.networks ?? [])
    .filter(({ virtual, type }) => !virtual && (type === null || /^(ethernet|wifi)$/i.test(type)))
    .map(({ mac }) => mac ?? '')
    .filter((mac) => MAC.test(mac) && mac !== '00:00:00:00:00:00' && isFactoryMade(mac))
  return candidates.toSorted()[0] ?? null
}

/**
 * In: the sections of a machine. Out: the identity that survives a reinstallation: `uuid:…`, else
 * `serial:maker|number`, else `mac:…`; null when the hardware gives none of them.
 */
export function hardwareIdentity(sections: InventorySections): string | null {
  const uuid = hardwareUuidOf(sections.hardware?.uuid)
  if (uuid) return `uuid:${uuid}`
  const maker = meaningful(sections.bios?.manufacturer)
  const serial = meaningful(sections.bios?.serial)
  if (maker && serial) return `serial:${maker.toLowerCase()}|${serial.toLowerCase()}`
  const mac = lowestMac(sections)
  return mac ? `mac:${mac}` : null
}

/** Identity of last resort: the agent's own identifier. */
export const deviceIdentity = (deviceId: string): string => `device:${deviceId}`
