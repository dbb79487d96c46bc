import { setImmediate } from 'node:timers/promises'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { FileRefusal, NOT_UTF8 } from './csv-refusal.ts'

/** Element of a container; names are local, whatever their prefix. */
export interface XmlElement {
  readonly name: string
  /** Line of the file where it opens. */
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

const NAMESPACE = 'urn:ietf:params:xml:ns:keyprov:pskc'
const CHUNK = 65_536
const DEPTH_LIMIT = 24
const PART_ELEMENTS_LIMIT = 2_000
const TEXT_LIMIT = 65_536

/** A container needs no entity nor document type: refused before a parser sees them. */
const DECLARATION = /<!(?!--|\[CDATA\[)/

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name)

/** Text of the element down that path; empty when there is none. */
export function textAt(element: XmlElement | undefined, ...path: string[]): string {
  return path.reduce<XmlElement | undefined>(childOf, element)?.text.trim() ?? ''
}

export const attributeOf = (element: XmlElement | undefined, name: string): string =>
  element?.attributes.get(name) ?? ''

/**
 * In: bytes of a PSKC container. Out: the children of its root as they close, so that a file of any number of keys is
 * never held as a tree. Errors: `FileRefusal` (encoding, XML, entities, depth, not a container).
 */
export async function* readParts(bytes: Uint8Array): AsyncGenerator<XmlElement> {
  const xml = decoded(bytes)
  const declared = DECLARATION.exec(xml)
  if (declared)
    throw new FileRefusal(
      'le fichier déclare un type de document ou une entité : ce n’est pas admis. Demandez au fournisseur un fichier sans DOCTYPE.',
      xml.slice(0, declared.index).split('\n').length,
    )
  const ready: XmlElement[] = []
  const parser = parserInto(ready)
  for (let at = 0; at < xml.length; at += CHUNK) {
    parser.write(xml.slice(at, at + CHUNK))
    yield* ready.splice(0)
    await setImmediate()
  }
  parser.close()
  yield* ready
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileRefusal(NOT_UTF8.replace('« CSV UTF-8 »', 'UTF-8'))
  }
}

function parserInto(ready: XmlElement[]) {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: XmlElement[] = []
  let line = 1
  let elements = 0
  const refuse = (reason: string): never => {
    throw new FileRefusal(reason, parser.line)
  }
  const addText = (text: string) => {
    const current = open.at(-1)
    if (!current || open.length === 1) return
    if (current.text.length + text.length > TEXT_LIMIT) refuse('une valeur du fichier est démesurée.')
    current.text += text
  }
  parser.on('error', () => refuse('le fichier XML est mal formé.'))
  parser.on('opentagstart', () => {
    line = parser.line
  })
  parser.on('opentag', (tag) => {
    elements = open.length <= 1 ? 0 : elements + 1
    if (open.length >= DEPTH_LIMIT || elements > PART_ELEMENTS_LIMIT)
      refuse('le fichier XML compte trop d’éléments ou de niveaux pour une clé.')
    if (open.length === 0 && !isContainer(tag))
      refuse('le fichier XML n’est pas un conteneur PSKC (RFC 6030). Vérifiez que c’est le bon fichier.')
    const element = elementOf(tag, line)
    if (open.length >= 2) open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const closed = open.pop()
    if (closed && open.length === 1) ready.push(closed)
  })
  return parser
}

const isContainer = ({ local, uri }: SaxesTagNS): boolean =>
  local === 'KeyContainer' && uri.startsWith(NAMESPACE)

const elementOf = ({ local, attributes }: SaxesTagNS, line: number): XmlElement => ({
  name: local,
  line,
  attributes: new Map(Object.values(attributes).map(({ local: name, value }) => [name, value])),
  children: [],
  text: '',
})
