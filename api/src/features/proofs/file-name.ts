import { AppError } from '../../errors.ts'
import { MEDIA_TYPES, type MediaType } from './media-types.ts'

const LONGEST = 100
const KNOWN = new Map<string, MediaType>(
  MEDIA_TYPES.flatMap((media: MediaType) =>
    [media.extension, ...(media.aliases ?? [])].map((extension) => [extension, media] as const),
  ),
)

/** Of programs, pages and archives: such a name on an honest content is a trick. */
const MISLEADING =
  /^(exe|com|bat|cmd|scr|msi|ps1|vbs|jse?|wsf|hta|lnk|jar|sh|app|html?|svg|xml|xhtml|zip|rar|7z|doc[mt]?|dot[mx]?|xls[bm]?|xlt[mx]?|ppt[m]?|pot[mx]?|pps[mx]?|ot[tsp]|rtf)$/

/**
 * In: the name that the sender gave, and what the content is. Out: its last segment, without control, direction or
 * reserved characters, with the extension of its content. Errors: `unsupported_media` when its own extension says
 * something else.
 */
export function storedNameOf(given: string, media: MediaType): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{C}\u2028\u2029<>:"|?*;%]/gu, '').replace(/\s+/g, ' ')
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(clean.trimEnd())?.[1]?.toLowerCase()
  if (extension !== undefined) refuseAnother(extension, media)
  const known = extension !== undefined && KNOWN.get(extension)?.family === media.family
  const stem = (known ? clean.trimEnd().slice(0, -extension.length - 1) : clean).replace(/^[. ]+|[. ]+$/g, '')
  const kept = [...stem]
    .slice(0, LONGEST)
    .join('')
    .replace(/[. ]+$/, '')
  const own = known && extensionsOf(media).includes(extension) ? extension : media.extension
  return `${kept || 'preuve'}.${own}`
}

const extensionsOf = (media: MediaType): readonly string[] => [media.extension, ...(media.aliases ?? [])]

function refuseAnother(extension: string, media: MediaType): void {
  const claimed = KNOWN.get(extension)
  const imageEither = claimed?.family === 'image' && media.family === 'image'
  if (claimed ? claimed === media || imageEither : !MISLEADING.test(extension)) return
  throw new AppError(
    'unsupported_media',
    `Le nom du fichier finit par « .${extension} », mais son contenu est autre chose (${media.label}). Enregistrez-le de nouveau sous son vrai format, puis joignez-le.`,
  )
}
