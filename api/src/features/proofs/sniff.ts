import { fileTypeFromBuffer } from 'file-type'
import { AppError } from '../../errors.ts'
import { inspectContainer } from './container/inspect.ts'
import { TEXT_BYTES } from './limits.ts'
import { ACCEPTED, mediaTypeNamed, type MediaType } from './media-types.ts'
import { lookForSignatures } from './scanner/signatures.ts'

const ZIP = [0x50, 0x4b]
const OLD_OFFICE =
  'Ce document est dans un ancien format de bureautique (.doc, .xls, .ppt). Enregistrez-le en .docx, .xlsx ou .pptx, ou exportez-le en PDF.'

/**
 * Tells what a file is from its content alone, and opens containers to see that they are what they say. Errors:
 * `unsupported_media`, with the remedy.
 */
export async function sniff(content: Buffer): Promise<MediaType> {
  lookForSignatures()(content)
  if (ZIP.every((byte, index) => content[index] === byte)) return inspectContainer(content, lookForSignatures)
  const found = await fileTypeFromBuffer(content)
  if (found?.mime === 'application/x-cfb') throw new AppError('unsupported_media', OLD_OFFICE)
  const media = found
    ? mediaTypeNamed(found.mime)
    : isPlainText(content)
      ? mediaTypeNamed('text/plain')
      : undefined
  if (media && isWhole(media, content)) return media
  throw new AppError(
    'unsupported_media',
    media
      ? 'Le fichier est incomplet ou abîmé : ouvrez-le pour vérifier, enregistrez-le de nouveau, puis joignez-le.'
      : `Ce type de fichier n’est pas accepté. Joignez ${ACCEPTED}.`,
  )
}

/** Tabs, line and page breaks are text. */
const isControl = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f

/** Short UTF-8 without control characters, and nothing that a browser or a shell would run. */
function isPlainText(content: Buffer): boolean {
  if (content.length > TEXT_BYTES) return false
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return false
  }
  if (content.some(isControl)) return false
  return (
    !/^\s*(<[!?a-z]|#!|@echo|\{\\rtf)/i.test(text) && !/<(script|html|svg|iframe|object|embed)\b/i.test(text)
  )
}

/** A PDF ends as the format says (ISO 32000-1, 7.5.5), give or take what follows; cut, it does not. */
const isWhole = (media: MediaType, content: Buffer): boolean =>
  media.family !== 'pdf' || content.subarray(-2_048).includes('%%EOF')
