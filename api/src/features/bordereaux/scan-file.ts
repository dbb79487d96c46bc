import { AppError } from '../../errors.ts'

export const MAX_SCAN_BYTES = 10 * 1024 * 1024

interface MediaType {
  readonly type: 'application/pdf' | 'image/png' | 'image/jpeg'
  readonly extension: string
  readonly magic: readonly number[]
}

const MEDIA_TYPES: readonly MediaType[] = [
  { type: 'application/pdf', extension: 'pdf', magic: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  {
    type: 'image/png',
    extension: 'png',
    magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  { type: 'image/jpeg', extension: 'jpg', magic: [0xff, 0xd8, 0xff] },
]

/** A scan that was read and judged. */
export interface ScanFile {
  readonly fileName: string
  readonly mediaType: MediaType['type']
  readonly content: Uint8Array
}

/** In: the first bytes of a file. Out: what it is, whatever its name says; undefined when it is none of ours. */
export const mediaTypeOf = (content: Uint8Array): MediaType | undefined =>
  MEDIA_TYPES.find(({ magic }) => magic.every((byte, index) => content[index] === byte))

/** In: a name given by a browser. Out: a name without path, control or reserved characters, with the true extension. */
export function safeFileName(given: string, extension: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = last
    .replace(/[\p{C}<>:"|?*;%]/gu, '')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const kept = [...stem].slice(0, 100).join('').trimEnd()
  return `${kept || 'bordereau-signe'}.${extension}`
}

/** In: the `file` part of a form. Errors: `invalid_input`, `payload_too_large`, `unsupported_media`. */
export async function readScanFile(part: unknown): Promise<ScanFile> {
  if (!(part instanceof File)) {
    const detail = 'Joignez le scan du bordereau signé dans le champ « file ».'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/file', detail }] })
  }
  if (part.size > MAX_SCAN_BYTES) {
    throw new AppError(
      'payload_too_large',
      `Le scan pèse ${Math.ceil(part.size / 1024 / 1024)} Mio : 10 Mio au plus. Numérisez-le en noir et blanc, à 200 points par pouce.`,
    )
  }
  const content = new Uint8Array(await part.arrayBuffer())
  const media = mediaTypeOf(content)
  if (!media) {
    throw new AppError(
      'unsupported_media',
      content.length === 0
        ? 'Le fichier est vide : numérisez de nouveau le bordereau.'
        : 'Le fichier n’est ni un PDF, ni une image PNG ou JPEG : numérisez le bordereau dans l’un de ces formats.',
    )
  }
  return { fileName: safeFileName(part.name, media.extension), mediaType: media.type, content }
}
