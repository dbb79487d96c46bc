import { valuesOf, type Directory } from './directory.ts'

/** Attributes that a directory declares; names in lower case. */
export interface DeclaredAttributes {
  /** Every name and alias. */
  readonly names: ReadonlySet<string>
  /** First name, as written, of those that people fill: neither operational nor kept by the directory itself. */
  readonly filled: readonly string[]
}

const NAMES = /\bNAME\s+(?:'([^']+)'|\(((?:\s*'[^']+')+)\s*\))/
const KEPT = /\b(?:NO-USER-MODIFICATION|USAGE\s+(?:directoryOperation|distributedOperation|dSAOperation))\b/

/** In: one `attributeTypes` value (RFC 4512, 4.1.2). Out: its names, and whether people fill it; null when it has no name. */
export function readAttributeType(text: string): { names: readonly string[]; filled: boolean } | null {
  const found = NAMES.exec(text)
  if (!found) return null
  const names =
    found[1] !== undefined
      ? [found[1]]
      : [...(found[2] ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '')
  return { names, filled: !KEPT.test(text) }
}

/** Reads the schema. Out: null when it is not shown. */
export async function readDeclared(
  directory: Directory,
  schemaDn: string | undefined,
): Promise<DeclaredAttributes | null> {
  if (schemaDn === undefined) return null
  const entry = (
    await directory.search(schemaDn, {
      scope: 'base',
      filter: '(objectClass=subschema)',
      attributes: ['attributeTypes'],
    })
  )[0]
  const types = valuesOf(entry, 'attributeTypes')
    .map(readAttributeType)
    .filter((type) => type !== null)
  if (types.length === 0) return null
  return {
    names: new Set(types.flatMap(({ names }) => names.map((name) => name.toLowerCase()))),
    filled: types.flatMap(({ names, filled }) => (filled && names[0] !== undefined ? [names[0]] : [])),
  }
}
