import { createHash } from 'node:crypto'
import type { InventorySections } from './inventory-sections.ts'
import type { Software } from './inventory-software.ts'

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

/**
 * SHA-256 (hex) of what a machine reports, the same whatever the order in which a database gives it back. The
 * boot time is left out: agents derive it from the uptime, so that it wavers by a second.
 */
export function sectionsDigest(sections: InventorySections): string {
  const { operatingSystem, ...rest } = sections
  const steady = operatingSystem ? { ...rest, operatingSystem: { ...operatingSystem, bootedAt: null } } : rest
  return createHash('sha256')
    .update(JSON.stringify(canonical(steady)))
    .digest('hex')
}

/** SHA-256 (hex) of a list of software in its stable order. */
export function softwareDigest(list: readonly Software[]): string {
  const hash = createHash('sha256')
  for (const { name, version, publisher } of list) hash.update(`${name}\n${version}\n${publisher}\n`)
  return hash.digest('hex')
}
