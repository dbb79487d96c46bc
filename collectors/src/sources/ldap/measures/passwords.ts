import { valueOf, type Entry } from '../directory.ts'
import { and, not, or, present } from '../filters.ts'
import { instantOf, instantOfFileTime } from '../instants.ts'
import { isDeclared, isSearchable, unsearchable, type Branch, type Measured } from '../measured.ts'
import { rulesPasswords } from '../overlays.ts'

const CLEAR = 'auth.password_cleartext_count'
const NEVER = 'directory.never_changed_passwords'
/** Accounts that Active Directory keeps reversible passwords of. */
const REVERSIBLE = '(userAccountControl:1.2.840.113556.1.4.803:=128)'
/** Seconds within which a password that was set with its account is the first one. */
const CREATION_MS = 60_000

/** In: the start of values. Out: true of an entry that holds a value before it (RFC 4517, 4.2.27). */
const before = (start: string): string => `(userPassword:2.5.13.18:=${start})`
/** Values that do not begin with « { », or that announce their own clear text (RFC 2307, 5.3). */
const WITHOUT_SCHEME = or(
  before('\\7b'),
  not(before('\\7c')),
  ...['{CLEARTEXT}', '{cleartext}'].map((scheme) =>
    and(before(`\\7b${scheme.slice(1, -1)}\\7e`), not(before(`\\7b${scheme.slice(1)}`))),
  ),
)

/** Passwords that are kept in clear (INF-AUT-10), and those that nobody changed (INF-AUT-7). */
export const passwords = async (branch: Branch): Promise<readonly Measured[]> => [
  await clearPasswords(branch),
  await neverChanged(branch),
]

async function clearPasswords(branch: Branch): Promise<Measured> {
  const { directory, base, accounts, root } = branch
  if (root.kind === 'active_directory') {
    return {
      key: CLEAR,
      value: await directory.count(base.dn, and(accounts, REVERSIBLE)),
      note: 'mots de passe réversibles',
    }
  }
  const held = await directory.count(base.dn, and(accounts, present('userPassword')))
  if (held === 0) return { key: CLEAR, unknown: unsearchable(['userPassword']) }
  const found = await directory.count(base.dn, and(accounts, present('userPassword'), WITHOUT_SCHEME))
  if (found > 0) return { key: CLEAR, value: found }
  const compared = await directory.exists(base.dn, and(accounts, or(before('\\7c'), not(before('\\7c')))))
  return compared
    ? { key: CLEAR, value: 0 }
    : { key: CLEAR, unknown: 'L’annuaire ne sait pas comparer la forme des mots de passe.' }
}

async function neverChanged(branch: Branch): Promise<Measured> {
  const { root, overlays, declared } = branch
  if (root.kind === 'active_directory') {
    return counted(branch, ['pwdLastSet', 'whenCreated'], (entry) => {
      const set = valueOf(entry, 'pwdLastSet')
      return set === '0' || isFirst(instantOfFileTime(set), instantOf(valueOf(entry, 'whenCreated')))
    })
  }
  if (rulesPasswords(root, overlays) === false) {
    if (declared?.names.has('sambapwdlastset')) {
      return counted(branch, ['sambaPwdLastSet', 'createTimestamp'], (entry) => {
        const set = Number(valueOf(entry, 'sambaPwdLastSet') ?? 0)
        return set === 0 || isFirst(new Date(set * 1_000), instantOf(valueOf(entry, 'createTimestamp')))
      })
    }
    return { key: NEVER, skipped: 'l’annuaire ne date pas les mots de passe' }
  }
  return counted(branch, ['pwdChangedTime', 'pwdReset', 'createTimestamp'], (entry) => {
    const set = instantOf(valueOf(entry, 'pwdChangedTime'))
    const created = instantOf(valueOf(entry, 'createTimestamp'))
    return set === null || valueOf(entry, 'pwdReset') === 'TRUE' || isFirst(set, created)
  })
}

const isFirst = (set: Date | null, created: Date | null): boolean =>
  set !== null && created !== null && set.getTime() - created.getTime() <= CREATION_MS

/** In: the attribute that dates a password first, then those that tell more of it. */
async function counted(
  branch: Branch,
  attributes: readonly [date: string, ...string[]],
  never: (entry: Entry) => boolean,
): Promise<Measured> {
  const { directory, base, accounts, root } = branch
  const filter = root.kind === 'active_directory' ? accounts : and(accounts, present('userPassword'))
  const entries = await directory.search(base.dn, { scope: 'sub', filter, attributes })
  const dated = entries.filter((entry) => attributes.some((name) => valueOf(entry, name) !== undefined))
  if (dated.length === 0) {
    return { key: NEVER, unknown: `Le compte de lecture ne voit pas ${attributes.join(', ')}.` }
  }
  const [date] = attributes
  if (!dated.some((entry) => valueOf(entry, date) !== undefined) && !(await isAbsent(branch, date))) {
    return { key: NEVER, unknown: `Le compte de lecture ne voit pas ${date}.` }
  }
  return { key: NEVER, value: dated.filter(never).length }
}

/** Whether no account holds it: one that may not be looked for, or that is held and not shown, is not absent. */
async function isAbsent(branch: Branch, attribute: string): Promise<boolean> {
  const { directory, base, accounts, root } = branch
  if (root.kind === 'active_directory') return false
  if (await directory.exists(base.dn, and(accounts, present(attribute)))) return false
  return !isDeclared(branch, attribute) || (await isSearchable(branch, attribute))
}
