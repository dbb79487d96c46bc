import { mediaTypeNamed, type MediaType } from '../media-types.ts'
import { refuseContainer } from './refusal.ts'

/** What was found in a container: every name, and the text of the parts that say what it is. */
export interface Parts {
  readonly names: readonly string[]
  readonly texts: Map<string, string>
}

const OOXML = 'application/vnd.openxmlformats-officedocument'
/** Content type of the main part, and the document that it makes (ECMA-376, part 1). */
const MAIN_PARTS = [
  { main: `${OOXML}.wordprocessingml.document.main+xml`, folder: 'word/' },
  { main: `${OOXML}.spreadsheetml.sheet.main+xml`, folder: 'xl/' },
  { main: `${OOXML}.presentationml.presentation.main+xml`, folder: 'ppt/' },
] as const

const MACRO_PART = /(^|\/)(vbaProject|vbaData)[^/]*\.(bin|xml)$|(^|\/)macrosheets\//i
const ACTIVE_PART =
  /(^|\/)(activeX\/|oleObject[^/]*$|embeddings\/[^/]*\.(bin|exe|js|vbs|bat|cmd|ps1|hta|lnk)$)/i

/**
 * In: the parts of a container. Out: the office document that it is; undefined when it is none. Errors:
 * `unsupported_media` for macros and active objects.
 */
export function officeTypeOf(parts: Parts): MediaType | undefined {
  if (parts.names.some((name) => MACRO_PART.test(name))) refuseContainer('macros')
  if (parts.names.some((name) => ACTIVE_PART.test(name))) refuseContainer('active')
  return ooxmlTypeOf(parts) ?? odfTypeOf(parts)
}

function ooxmlTypeOf({ names, texts }: Parts): MediaType | undefined {
  const types = texts.get('[Content_Types].xml')
  if (types === undefined) return undefined
  if (/macroEnabled|vnd\.ms-office\.vba|ms-excel\.(macrosheet|intlmacrosheet)/i.test(types))
    refuseContainer('macros')
  const mains = MAIN_PARTS.filter(({ main }) => types.includes(`"${main}"`))
  const [found] = mains
  if (!found || mains.length > 1) return undefined
  if (!names.includes('_rels/.rels') || !names.some((name) => name.startsWith(found.folder))) return undefined
  return mediaTypeNamed(found.main.replace('.main+xml', ''))
}

function odfTypeOf({ names, texts }: Parts): MediaType | undefined {
  const type = texts.get('mimetype')
  if (type === undefined || names[0] !== 'mimetype') return undefined
  const manifest = texts.get('META-INF/manifest.xml')
  if (manifest === undefined || !names.includes('content.xml')) return undefined
  if (names.some((name) => /^(Basic|Scripts)\/./.test(name))) refuseContainer('macros')
  if (/manifest:encryption-data/.test(manifest)) refuseContainer('encrypted')
  return mediaTypeNamed(type.trim())
}
