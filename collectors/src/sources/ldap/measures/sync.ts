import { entryAt, valueOf, valuesOf } from '../directory.ts'
import { and, matching } from '../filters.ts'
import { generalizedTime, instantOf } from '../instants.ts'
import type { Branch, Measured } from '../measured.ts'

const KEY = 'directory.sync_age'
const HOUR_MS = 3_600_000
/** Hours looked back, wider and wider, so that the newest write is found without reading them all. */
const WINDOWS = [6, 24, 48, 168, 720, 8_760]

/**
 * Age of the last feeding (INF-ANN-3): of what its author wrote last, or of the entry that it touches each time; failing
 * these, of the last write of the server, then of the newest change of an account.
 */
export async function syncAge(branch: Branch): Promise<Measured> {
  const found = await newestFeeding(branch)
  if (!found) return { key: KEY, unknown: 'Aucune date de modification ne se montre au compte de lecture.' }
  const hours = Math.max(0, (branch.now.getTime() - found.at.getTime()) / HOUR_MS)
  return { key: KEY, value: Math.round(hours * 10) / 10, note: found.from }
}

interface Feeding {
  readonly at: Date
  readonly from: string
}

async function newestFeeding(branch: Branch): Promise<Feeding | null> {
  const { directory, config, root } = branch
  const changed = root.kind === 'active_directory' ? 'whenChanged' : 'modifyTimestamp'
  if (config.sync.marker !== undefined) {
    const entry = await entryAt(directory, config.sync.marker, [changed])
    return feeding(instantOf(valueOf(entry, changed)), 'entrée témoin de l’alimentation')
  }
  if (config.sync.author !== undefined) {
    const filter = matching('modifiersName', config.sync.author)
    return feeding(await newestChange(branch, changed, filter), 'dernière écriture du compte d’alimentation')
  }
  const written = await Promise.all(root.namingContexts.map((dn) => serverWrite(branch, dn)))
  const newest = written.flat().toSorted((a, b) => b.getTime() - a.getTime())[0]
  if (newest) return { at: newest, from: 'dernière écriture du serveur' }
  return feeding(await newestChange(branch, changed, branch.accounts), 'dernier compte modifié')
}

const feeding = (at: Date | null, from: string): Feeding | null => (at ? { at, from } : null)

async function serverWrite({ directory }: Branch, dn: string): Promise<readonly Date[]> {
  const entry = await entryAt(directory, dn, ['contextCSN'])
  return valuesOf(entry, 'contextCSN')
    .map(instantOf)
    .filter((instant) => instant !== null)
}

async function newestChange(
  { directory, base, now }: Branch,
  attribute: string,
  filter: string,
): Promise<Date | null> {
  for (const hours of WINDOWS) {
    const since = generalizedTime(new Date(now.getTime() - hours * HOUR_MS))
    const recent = and(filter, `(${attribute}>=${since})`)
    if (!(await directory.exists(base.dn, recent))) continue
    const entries = await directory.search(base.dn, { scope: 'sub', filter: recent, attributes: [attribute] })
    const instants = entries.map((entry) => instantOf(valueOf(entry, attribute))).filter((at) => at !== null)
    return instants.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
  }
  return null
}
