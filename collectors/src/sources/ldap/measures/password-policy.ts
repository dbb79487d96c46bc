import { valueOf, type Entry } from '../directory.ts'
import { daysOfSpan } from '../instants.ts'
import type { Measured, Scene } from '../measured.ts'
import { rulesPasswords } from '../overlays.ts'

/** What one policy asks; null when it does not say. Days; 0: never expires. */
export interface PasswordPolicy {
  readonly minLength: number | null
  readonly changeAtFirst: boolean | null
  readonly maxAgeDays: number | null
}

const KEYS = {
  minLength: 'auth.password_min_length',
  changeAtFirst: 'auth.password_change_first_login',
  maxAgeDays: 'auth.password_max_age',
} as const

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,12}$/.test(text) ? Number(text) : null

/** A policy of the overlay: it holds lengths only when it checks them (`pwdCheckQuality`). */
export const overlayPolicy = (entry: Entry): PasswordPolicy => ({
  minLength:
    (whole(valueOf(entry, 'pwdCheckQuality')) ?? 0) > 0 ? (whole(valueOf(entry, 'pwdMinLength')) ?? 0) : 0,
  changeAtFirst: valueOf(entry, 'pwdMustChange') === 'TRUE',
  maxAgeDays: (whole(valueOf(entry, 'pwdMaxAge')) ?? 0) / 86_400,
})

/** The domain of a Samba in NT style: `-1` never expires. */
export const sambaPolicy = (entry: Entry): PasswordPolicy => {
  const age = whole(valueOf(entry, 'sambaMaxPwdAge'))
  return {
    minLength: whole(valueOf(entry, 'sambaMinPwdLength')),
    changeAtFirst: null,
    maxAgeDays: age === null ? null : Math.max(0, age / 86_400),
  }
}

/** The domain of an Active Directory, or one of its finer policies. */
export const domainPolicy = (entry: Entry): PasswordPolicy => ({
  minLength: whole(valueOf(entry, 'minPwdLength') ?? valueOf(entry, 'msDS-MinimumPasswordLength')),
  changeAtFirst: null,
  maxAgeDays: daysOfSpan(valueOf(entry, 'maxPwdAge') ?? valueOf(entry, 'msDS-MaximumPasswordAge')),
})

const NOTHING_ASKED: PasswordPolicy = { minLength: 0, changeAtFirst: false, maxAgeDays: 0 }

/** In: several policies. Out: the weakest of each rule; « never » is the longest age. */
export function weakestOf(policies: readonly PasswordPolicy[]): PasswordPolicy {
  const lengths = policies.map(({ minLength }) => minLength).filter((length) => length !== null)
  const changes = policies.map(({ changeAtFirst }) => changeAtFirst).filter((change) => change !== null)
  const ages = policies.map(({ maxAgeDays }) => maxAgeDays).filter((age) => age !== null)
  return {
    minLength: lengths.length > 0 ? Math.min(...lengths) : null,
    changeAtFirst: changes.length > 0 ? changes.every(Boolean) : null,
    maxAgeDays: ages.length === 0 ? null : ages.includes(0) ? 0 : Math.max(...ages),
  }
}

/** What the directory asks of passwords (INF-AUT-6, -7, -8). */
export async function passwordPolicy(scene: Scene): Promise<readonly Measured[]> {
  const policies = await policiesOf(scene)
  if (typeof policies === 'string') return Object.values(KEYS).map((key) => ({ key, unknown: policies }))
  const weakest = weakestOf(policies)
  const note = policies.length > 1 ? `la plus faible de ${policies.length} politiques` : undefined
  const given = (key: Measured['key'], value: number | boolean | null): Measured =>
    value === null
      ? { key, skipped: 'l’annuaire ne le dit pas' }
      : { key, value, ...(note === undefined ? {} : { note }) }
  return [
    given(KEYS.minLength, weakest.minLength),
    given(KEYS.changeAtFirst, weakest.changeAtFirst),
    given(KEYS.maxAgeDays, weakest.maxAgeDays),
  ]
}

const AD_ATTRIBUTES = ['minPwdLength', 'maxPwdAge', 'msDS-MinimumPasswordLength', 'msDS-MaximumPasswordAge']

async function policiesOf({ directory, root, overlays }: Scene): Promise<readonly PasswordPolicy[] | string> {
  const found: PasswordPolicy[] = []
  const read = async (
    filter: string,
    attributes: readonly string[],
    policy: (entry: Entry) => PasswordPolicy,
  ) => {
    for (const dn of root.namingContexts) {
      const entries = await directory.search(dn, { scope: 'sub', filter, attributes })
      found.push(...entries.map(policy))
    }
  }
  if (root.kind === 'active_directory') {
    await read('(|(objectClass=domainDNS)(objectClass=msDS-PasswordSettings))', AD_ATTRIBUTES, domainPolicy)
    return found.length > 0 ? found : 'Le domaine ne montre pas sa politique de mots de passe.'
  }
  await read('(objectClass=sambaDomain)', ['sambaMinPwdLength', 'sambaMaxPwdAge'], sambaPolicy)
  const ruled = rulesPasswords(root, overlays)
  if (ruled !== false) {
    const attributes = ['pwdMinLength', 'pwdCheckQuality', 'pwdMustChange', 'pwdMaxAge']
    await read('(objectClass=pwdPolicy)', attributes, overlayPolicy)
    return found.length > 0 ? found : 'Aucune politique de mots de passe ne se montre au compte de lecture.'
  }
  return found.length > 0 ? found : [NOTHING_ASKED]
}
