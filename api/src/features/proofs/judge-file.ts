import { AppError } from '../../errors.ts'
import { storedNameOf } from './file-name.ts'
import { MEBIBYTE } from './limits.ts'
import type { MediaType } from './media-types.ts'
import { BUILT_IN, type Scanner } from './scanner/scanner.ts'
import { malwareRefusal } from './scanner/signatures.ts'
import { sniff } from './sniff.ts'

/** A file that was received whole, with the name that its sender gave. */
export interface GivenFile {
  readonly name: string
  readonly content: Uint8Array
}

/** A file that may be stored. */
export interface JudgedFile {
  readonly fileName: string
  readonly media: MediaType
  readonly content: Buffer
  /** Who found nothing in it. */
  readonly scanner: string
}

/**
 * Judges a file from its size, content and name, then has it scanned. Errors: `invalid_input` when empty,
 * `payload_too_large`, `unsupported_media`, `unavailable` when a configured scanner does not answer.
 */
export async function judgeFile(
  file: GivenFile,
  { maxBytes, scanners }: { readonly maxBytes: number; readonly scanners: readonly Scanner[] },
): Promise<JudgedFile> {
  const content = Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength)
  if (content.length === 0) throw emptyRefusal()
  if (content.length > maxBytes) throw sizeRefusal(maxBytes)
  const media = await sniff(content)
  const fileName = storedNameOf(file.name, media)
  for (const scanner of scanners) {
    const result = await scanner.scan(content)
    if (!result.clean) throw malwareRefusal(result.signature)
  }
  return { fileName, media, content, scanner: scanners.at(-1)?.name ?? BUILT_IN }
}

const emptyRefusal = () => {
  const detail = 'Le fichier est vide : choisissez-en un autre.'
  return new AppError('invalid_input', detail, { errors: [{ pointer: '/file', detail }] })
}

/** In: bytes allowed. Out: the refusal of a larger file. */
export const sizeRefusal = (maxBytes: number): AppError =>
  new AppError(
    'payload_too_large',
    `Le fichier dépasse ${(maxBytes / MEBIBYTE).toLocaleString('fr-FR')} Mio. Réduisez-le (numérisation à 200 points par pouce, photo en taille moyenne) ou joignez-le en plusieurs fichiers.`,
  )
