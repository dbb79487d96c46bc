import { heldAmong } from '../held-among.ts'
import { unsearchable, type Branch, type Measured } from '../measured.ts'

const KEY = 'directory.unneeded_attributes'
/** Attributes without which no entry stands, and those that only others derive from (RFC 4519, 2.18). */
const STRUCTURAL = ['objectClass', 'userPassword', 'aliasedObjectName', 'name', 'distinguishedName']

/** Attributes that accounts hold beyond the configured need (INF-ANN-6): their presence alone is asked. */
export async function unneededAttributes(branch: Branch): Promise<Measured> {
  const { config, declared } = branch
  if (!config.neededAttributes) return { key: KEY, skipped: 'le besoin en attributs n’est pas décrit' }
  if (!declared)
    return { key: KEY, unknown: 'Le schéma de l’annuaire ne se montre pas au compte de lecture.' }
  const needed = new Set([...STRUCTURAL, ...config.neededAttributes].map((name) => name.toLowerCase()))
  const others = declared.filled.filter((name) => !needed.has(name.toLowerCase()))
  const found = await heldAmong(branch, others)
  if (found.held.length > 0) {
    return { key: KEY, value: found.held.length, names: found.held, note: found.held.toSorted().join(', ') }
  }
  if (found.unreadable.length > 0) return { key: KEY, unknown: unsearchable(found.unreadable) }
  return { key: KEY, value: 0, names: [] }
}
