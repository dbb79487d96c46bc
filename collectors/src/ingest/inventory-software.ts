import type { RawRecord } from './inventory-raw.ts'
import type { SoftwareSummary } from './inventory-sections.ts'
import { isoDayOf } from './inventory-values.ts'

export interface Software {
  readonly name: string
  readonly version: string
  readonly publisher: string
  /** ISO day, when the system keeps it. */
  readonly installedOn: string | null
}

const installedOn = (raw: RawRecord) =>
  isoDayOf(raw['install_date'], 'day_first') ?? isoDayOf(raw['installdate'], 'day_first')

/** Updates of the system are listed among the software: told by their release type or their KB number. */
const isUpdate = (raw: RawRecord) =>
  raw['release_type'] !== undefined || /^KB\d{6,8}$/.test(raw['name'] ?? '')

/**
 * In: the software section, or undefined when the agent sends none. Out: the software without repetition, in
 * a stable order, apart from the system's updates of which the newest day is kept; null when not reported.
 */
export function softwareOf(
  raw: readonly RawRecord[] | undefined,
): { list: readonly Software[]; summary: SoftwareSummary } | null {
  if (!raw) return null
  const byKey = new Map<string, Software>()
  let lastUpdateOn: string | null = null
  for (const entry of raw) {
    const day = installedOn(entry)
    if (isUpdate(entry)) {
      if (day && (!lastUpdateOn || day > lastUpdateOn)) lastUpdateOn = day
      continue
    }
    const name = entry['name']?.slice(0, 200)
    if (!name) continue
    const version = entry['version']?.slice(0, 100) ?? ''
    const publisher = entry['publisher']?.slice(0, 150) ?? ''
    byKey.set(`${name}\n${version}\n${publisher}`, { name, version, publisher, installedOn: day })
  }
  const list = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, software]) => software)
  return { list, summary: { count: list.length, lastUpdateOn } }
}
