import { gunzipSync, inflateSync } from 'node:zlib'
import { InventoryFault } from './inventory-fault.ts'

const MEBIBYTE = 1024 * 1024
/** Largest body that an agent may send, as it travels. */
export const BODY_LIMIT = 8 * MEBIBYTE
/** Largest message once inflated. */
export const INFLATED_LIMIT = 32 * MEBIBYTE
/** Recorded inventories shrink 13 times; small messages are left a floor. */
const RATIO_LIMIT = 100

export interface InventoryBody {
  readonly packing: 'zlib' | 'gzip' | 'none'
  readonly format: 'xml' | 'json'
  readonly text: string
}

const TOO_LARGE = 'Le message dépasse la taille admise (8 Mio compressé, 32 Mio décompressé).'

function unpack(bytes: Uint8Array): { packing: InventoryBody['packing']; content: Uint8Array } {
  const zlib = bytes[0] === 0x78 && (bytes[0] * 256 + (bytes[1] ?? 0)) % 31 === 0
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (!zlib && !gzip) return { packing: 'none', content: bytes }
  const maxOutputLength = Math.min(INFLATED_LIMIT, Math.max(MEBIBYTE, bytes.length * RATIO_LIMIT))
  try {
    return zlib
      ? { packing: 'zlib', content: inflateSync(bytes, { maxOutputLength }) }
      : { packing: 'gzip', content: gunzipSync(bytes, { maxOutputLength }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new InventoryFault('too_large', TOO_LARGE, { cause: error })
    }
    throw new InventoryFault('malformed', 'Le message compressé est tronqué ou endommagé.', { cause: error })
  }
}

/**
 * In: the bytes of a request. Out: its text, with how it was packed and written, told from the first bytes
 * (the declared media type is never trusted). Errors: `InventoryFault`.
 */
export function readBody(bytes: Uint8Array): InventoryBody {
  if (bytes.length === 0) throw new InventoryFault('malformed', 'Le message est vide.')
  if (bytes.length > BODY_LIMIT) throw new InventoryFault('too_large', TOO_LARGE)
  const { packing, content } = unpack(bytes)
  if (content.length > INFLATED_LIMIT) throw new InventoryFault('too_large', TOO_LARGE)
  const text = new TextDecoder('utf-8').decode(content).trimStart()
  if (text.startsWith('<')) return { packing, format: 'xml', text }
  if (text.startsWith('{')) return { packing, format: 'json', text }
  throw new InventoryFault(
    'unsupported',
    'Le message n’est ni du XML FusionInventory ni du JSON GLPI, compressé ou non.',
  )
}
