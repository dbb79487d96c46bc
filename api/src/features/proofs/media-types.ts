export type Family = 'pdf' | 'image' | 'office' | 'text'

export interface MediaType {
  readonly type: string
  readonly family: Family
  /** Of the stored name. */
  readonly extension: string
  /** Other extensions that mean the same. */
  readonly aliases?: readonly string[]
  /** What it is, for a person. */
  readonly label: string
}

const OOXML = 'application/vnd.openxmlformats-officedocument'
const ODF = 'application/vnd.oasis.opendocument'

/** What a proof may be; anything else is refused. */
export const MEDIA_TYPES = [
  { type: 'application/pdf', family: 'pdf', extension: 'pdf', label: 'Document PDF' },
  {
    type: 'image/jpeg',
    family: 'image',
    extension: 'jpg',
    aliases: ['jpeg', 'jpe', 'jfif'],
    label: 'Image JPEG',
  },
  { type: 'image/png', family: 'image', extension: 'png', label: 'Image PNG' },
  { type: 'image/webp', family: 'image', extension: 'webp', label: 'Image WebP' },
  { type: 'image/heic', family: 'image', extension: 'heic', aliases: ['heif'], label: 'Image HEIC' },
  { type: 'image/heif', family: 'image', extension: 'heif', aliases: ['heic'], label: 'Image HEIF' },
  { type: `${OOXML}.wordprocessingml.document`, family: 'office', extension: 'docx', label: 'Document Word' },
  { type: `${OOXML}.spreadsheetml.sheet`, family: 'office', extension: 'xlsx', label: 'Classeur Excel' },
  {
    type: `${OOXML}.presentationml.presentation`,
    family: 'office',
    extension: 'pptx',
    label: 'Présentation PowerPoint',
  },
  { type: `${ODF}.text`, family: 'office', extension: 'odt', label: 'Texte OpenDocument' },
  { type: `${ODF}.spreadsheet`, family: 'office', extension: 'ods', label: 'Classeur OpenDocument' },
  { type: `${ODF}.presentation`, family: 'office', extension: 'odp', label: 'Présentation OpenDocument' },
  { type: 'text/plain', family: 'text', extension: 'txt', aliases: ['csv', 'log', 'md'], label: 'Texte' },
] as const satisfies readonly MediaType[]

/** In: a media type. Out: what it is for Vigie; undefined when a proof may not be that. */
export const mediaTypeNamed = (type: string): MediaType | undefined =>
  MEDIA_TYPES.find((known) => known.type === type)

export const ACCEPTED =
  'un PDF, une image (JPEG, PNG, WebP, HEIC), un document Word, Excel ou PowerPoint récent, un document OpenDocument ou un texte'
