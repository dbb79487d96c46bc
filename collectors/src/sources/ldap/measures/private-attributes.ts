import { and, present } from '../filters.ts'
import { heldAmong } from '../held-among.ts'
import { isDeclared, unsearchable, type Branch, type Measured } from '../measured.ts'

const KEY = 'directory.private_attributes'

/** Attributes of private life that at least one account holds (INF-ANN-8): counted, never read. */
export async function privateAttributes(branch: Branch): Promise<Measured> {
  const { directory, base, accounts, config } = branch
  const declared = config.privateAttributes.filter((attribute) => isDeclared(branch, attribute))
  const { held, unreadable } = await heldAmong(branch, declared)
  const counts: string[] = []
  for (const attribute of held) {
    counts.push(`${attribute} ${await directory.count(base.dn, and(accounts, present(attribute)))}`)
  }
  if (held.length > 0) return { key: KEY, value: held.length, names: held, note: counts.join(', ') }
  if (unreadable.length > 0) return { key: KEY, unknown: unsearchable(unreadable) }
  return { key: KEY, value: 0, names: [] }
}
