import { InventoryFault } from './inventory-fault.ts'
import {
  addEntry,
  cleanText,
  fieldOf,
  sectionOf,
  type RawMessage,
  type RawSections,
} from './inventory-raw.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** In: a JSON scalar. Out: its text (booleans as 1 and 0), or undefined for anything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  return undefined
}

function readSection(sections: RawSections, sent: string, content: unknown): void {
  const section = sectionOf(sent)
  if (!section) return
  const entries = Array.isArray(content) ? content : [content]
  if (entries.length === 0) sections[section] ??= []
  for (const sentEntry of entries) {
    if (!isObject(sentEntry)) continue
    const entry: Record<string, string> = {}
    for (const [name, value] of Object.entries(sentEntry)) keep(entry, section, name, value)
    addEntry(sections, section, entry)
  }
}

function keep(
  entry: Record<string, string>,
  section: Parameters<typeof fieldOf>[0],
  name: string,
  value: unknown,
): void {
  if (isObject(value)) {
    for (const [inner, innerValue] of Object.entries(value)) {
      if (!isObject(innerValue)) keep(entry, section, `${name}.${inner}`, innerValue)
    }
    return
  }
  const field = fieldOf(section, name)
  const text = field && textOf(value)
  if (field && text) entry[field] = text
}

/** In: the JSON of a GLPI agent (contact, inventory whole or partial). Errors: `InventoryFault`. */
export function readGlpiJson(json: string): RawMessage {
  let message: unknown
  try {
    message = JSON.parse(json)
  } catch (error) {
    throw new InventoryFault('malformed', 'Le message JSON est mal formé.', { cause: error })
  }
  if (!isObject(message)) throw new InventoryFault('malformed', 'Le message JSON n’est pas un objet.')
  const content = isObject(message['content']) ? message['content'] : {}
  const sections: RawSections = {}
  for (const [name, value] of Object.entries(content)) readSection(sections, name, value)
  return {
    query: textOf(message['action'])?.toUpperCase() ?? '',
    deviceId: textOf(message['deviceid']) ?? '',
    partial: message['partial'] === true,
    itemType: textOf(message['itemtype']) ?? null,
    agent: textOf(content['versionclient']) ?? null,
    sections,
  }
}
