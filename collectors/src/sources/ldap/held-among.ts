import { and, not, present } from './filters.ts'
import type { Branch } from './measured.ts'

/** Attributes that accounts hold, and those of which nothing can be said. */
export interface HeldAttributes {
  readonly held: readonly string[]
  readonly unreadable: readonly string[]
}

/** Attributes asked about at once. */
const GROUP = 24

/**
 * Which of these attributes at least one account holds: their presence alone is asked, many at once, so that a branch that
 * holds none of them costs two questions.
 */
export async function heldAmong(branch: Branch, attributes: readonly string[]): Promise<HeldAttributes> {
  const found = { held: [] as string[], unreadable: [] as string[] }
  for (let start = 0; start < attributes.length; start += GROUP) {
    await look(branch, attributes.slice(start, start + GROUP), found)
  }
  return found
}

/** Halves the group until what is held is alone. */
async function look(
  branch: Branch,
  attributes: readonly string[],
  found: { readonly held: string[]; readonly unreadable: string[] },
): Promise<void> {
  const { directory, base, accounts } = branch
  const [only] = attributes
  if (only === undefined) return
  if (await directory.exists(base.dn, and(accounts, `(|${attributes.map(present).join('')})`))) {
    if (attributes.length === 1) return void found.held.push(only)
  } else if (
    await directory.exists(base.dn, and(accounts, ...attributes.map((name) => not(present(name)))))
  ) {
    return
  } else if (attributes.length === 1) return void found.unreadable.push(only)
  const middle = Math.ceil(attributes.length / 2)
  await look(branch, attributes.slice(0, middle), found)
  await look(branch, attributes.slice(middle), found)
}
