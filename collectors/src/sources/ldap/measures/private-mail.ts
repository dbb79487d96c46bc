import type { EvidenceKey } from '@vigie/rules'
import type { MailRule } from '../config.ts'
import { and, outside, present } from '../filters.ts'
import { isDeclared, isSearchable, unsearchable, type Branch, type Measured } from '../measured.ts'

/** Pupils and staff whose address is of no domain of the institution (UTI-MSG-3, UTI-MSG-9): counted, never read. */
export const privateMail = async (branch: Branch): Promise<readonly Measured[]> => [
  await outsiders(branch, 'directory.private_mail_students', branch.config.mail.students),
  await outsiders(branch, 'directory.private_mail_staff', branch.config.mail.staff),
]

async function outsiders(branch: Branch, key: EvidenceKey, rule: MailRule): Promise<Measured> {
  const { directory, base, accounts, config } = branch
  if (rule.domains.length === 0) return { key, skipped: 'domaines de l’institution non donnés' }
  const persons = and(accounts, rule.filter)
  if (!(await directory.exists(base.dn, persons))) return { key, skipped: 'aucune personne de ce profil' }
  const { attribute } = config.mail
  if (!isDeclared(branch, attribute)) return { key, value: 0 }
  const found = await directory.count(
    base.dn,
    and(persons, present(attribute), outside(attribute, rule.domains)),
  )
  if (found === 0 && !(await isSearchable(branch, attribute))) {
    return { key, unknown: unsearchable([attribute]) }
  }
  return { key, value: found }
}
