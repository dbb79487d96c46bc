import { SaxesParser } from 'saxes'
import { InventoryFault } from './inventory-fault.ts'
import {
  addEntry,
  cleanText,
  fieldOf,
  sectionOf,
  type RawMessage,
  type RawSections,
  type SectionName,
} from './inventory-raw.ts'

const DEPTH_LIMIT = 16
const ELEMENTS_LIMIT = 500_000
const TEXT_LIMIT = 4_000

/** An entity or a document type has no use in this protocol: refused before a parser sees them. */
const DECLARATION = /<!(?!--|\[CDATA\[)/

const malformed = (cause?: unknown) =>
  new InventoryFault('malformed', 'Le message XML est mal formé.', { cause })

/** Path of the open elements below REQUEST: `CONTENT`, the section, the field, then nested fields. */
interface Reading {
  readonly path: string[]
  readonly head: Map<string, string>
  readonly sections: RawSections
  agent: string | null
  section: SectionName | undefined
  entry: Record<string, string>
  text: string
  elements: number
}

function open(reading: Reading, name: string): void {
  reading.elements += 1
  if (reading.path.length >= DEPTH_LIMIT || reading.elements > ELEMENTS_LIMIT) {
    throw new InventoryFault('too_large', 'Le message XML compte trop d’éléments ou de niveaux.')
  }
  reading.path.push(name)
  reading.text = ''
  if (reading.path.length === 1 && name !== 'REQUEST') {
    throw new InventoryFault('unsupported', 'Le message XML n’est pas une requête d’agent d’inventaire.')
  }
  if (reading.path.length === 3 && reading.path[1] === 'CONTENT') {
    reading.section = sectionOf(name)
    reading.entry = {}
  }
}

function close(reading: Reading): void {
  const { path, section } = reading
  if (path.length === 2 && path[1] !== 'CONTENT') reading.head.set(path[1] ?? '', cleanText(reading.text))
  if (path.length === 3 && path[1] === 'CONTENT') {
    if (path[2] === 'VERSIONCLIENT') reading.agent = cleanText(reading.text)
    if (section) addEntry(reading.sections, section, reading.entry)
    reading.section = undefined
  }
  if (path.length >= 4 && section) keepField(reading, section)
  path.pop()
  reading.text = ''
}

function keepField(reading: Reading, section: SectionName): void {
  const field = fieldOf(
    section,
    reading.path.length === 4 ? (reading.path[3] ?? '') : reading.path.slice(3).join('.'),
  )
  if (!field || field in reading.entry) return
  const value = cleanText(reading.text)
  if (value !== '') reading.entry[field] = value
}

/** In: the XML of an agent (FusionInventory, or GLPI in its older protocol). Errors: `InventoryFault`. */
export function readFusionInventory(xml: string): RawMessage {
  if (DECLARATION.test(xml)) {
    throw new InventoryFault(
      'malformed',
      'Le message XML déclare un type de document ou une entité : ce n’est pas admis.',
    )
  }
  const reading: Reading = {
    path: [],
    head: new Map(),
    sections: {},
    agent: null,
    section: undefined,
    entry: {},
    text: '',
    elements: 0,
  }
  const parser = new SaxesParser({ position: false })
  parser.on('error', (error) => {
    throw malformed(error)
  })
  parser.on('opentag', ({ name }) => open(reading, name))
  parser.on('text', (text) => {
    if (reading.text.length < TEXT_LIMIT) reading.text += text
  })
  parser.on('cdata', (text) => {
    if (reading.text.length < TEXT_LIMIT) reading.text += text
  })
  parser.on('closetag', () => close(reading))
  parser.write(xml).close()
  const { head, sections, agent } = reading
  return {
    query: head.get('QUERY')?.toUpperCase() ?? '',
    deviceId: head.get('DEVICEID') ?? '',
    partial: false,
    itemType: head.get('ITEMTYPE') ?? null,
    agent,
    sections,
  }
}
