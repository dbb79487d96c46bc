import { aZip, type ZipEntry } from './zip.ts'

const OOXML = 'application/vnd.openxmlformats-officedocument'
const WORD = `${OOXML}.wordprocessingml.document.main+xml`

/** The standard test file of EICAR, in halves: whole, it would have this file quarantined. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** A small honest PDF; `mark` makes it different from the others. */
export const aPdf = (mark = ''): Buffer =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${mark}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  )

/** One white pixel. */
export const aPng = (): Buffer =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
    'base64',
  )

export const aJpeg = (): Buffer =>
  Buffer.from('ffd8ffe000104a46494600010101004800480000ffdb004300' + '01'.repeat(64) + 'ffd9', 'hex')

export const aWebp = (): Buffer =>
  Buffer.from('524946461a000000574542505650384c0d0000002f00000010071011118888fe0700', 'hex')

export const aHeic = (): Buffer =>
  Buffer.concat([
    Buffer.from('00000018', 'hex'),
    Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(64),
  ])

const typesOf = (main: string, part: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="${part}" ContentType="${main}"/></Types>`

const RELATIONS: ZipEntry = {
  name: '_rels/.rels',
  content: '<?xml version="1.0"?><Relationships/>',
}

/** A Word document; `more` are parts that stand beside the text. */
export const aDocx = (more: readonly ZipEntry[] = [], main = WORD): Buffer =>
  aZip([
    { name: '[Content_Types].xml', content: typesOf(main, '/word/document.xml') },
    RELATIONS,
    { name: 'word/document.xml', content: '<w:document><w:body>Charte</w:body></w:document>' },
    ...more,
  ])

/** A workbook, as a chart embeds one. */
export const anXlsx = (more: readonly ZipEntry[] = []): Buffer =>
  aZip([
    {
      name: '[Content_Types].xml',
      content: typesOf(`${OOXML}.spreadsheetml.sheet.main+xml`, '/xl/workbook.xml'),
    },
    RELATIONS,
    { name: 'xl/workbook.xml', content: '<workbook/>' },
    ...more,
  ])

/** An OpenDocument text. */
export const anOdt = (more: readonly ZipEntry[] = []): Buffer =>
  aZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    { name: 'META-INF/manifest.xml', content: '<manifest:manifest/>' },
    { name: 'content.xml', content: '<office:document-content/>' },
    ...more,
  ])

/** The form of an upload. */
export function aForm(
  content: Uint8Array | string,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData()
  form.set('file', new File([content as BlobPart], name))
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return form
}
