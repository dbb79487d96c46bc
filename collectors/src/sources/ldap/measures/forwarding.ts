import { and, matching, or, outside } from '../filters.ts'
import { isDeclared, isSearchable, unsearchable, type Branch, type Measured } from '../measured.ts'

const KEY = 'mail.external_forwarding'

/** Boxes whose mail leaves for an address of no domain of the institution (UTI-MSG-8): counted, never read. */
export async function externalForwarding(branch: Branch): Promise<Measured> {
  const { directory, base, accounts, config } = branch
  const domains = [...new Set([...config.mail.staff.domains, ...config.mail.students.domains])]
  if (domains.length === 0) return { key: KEY, skipped: 'domaines de l’institution non donnés' }
  const known = config.mail.forwardingAttributes.filter((attribute) => isDeclared(branch, attribute))
  if (branch.declared === null || known.length === 0) {
    return { key: KEY, skipped: 'aucun attribut de redirection dans l’annuaire' }
  }
  const leaves = known.map((attribute) => and(matching(attribute, '*@*'), outside(attribute, domains)))
  const found = await directory.count(base.dn, and(accounts, or(...leaves)))
  if (found > 0) return { key: KEY, value: found, note: known.join(', ') }
  for (const attribute of known) {
    if (!(await isSearchable(branch, attribute))) return { key: KEY, unknown: unsearchable([attribute]) }
  }
  return { key: KEY, value: 0, note: known.join(', ') }
}
