import { CollectionError } from '../../collector.ts'
import type { LdapBase } from './config.ts'
import { and } from './filters.ts'
import { ACCOUNTS } from './flavour.ts'
import type { Branch, Measured, Scene } from './measured.ts'
import { auditLog } from './measures/audit.ts'
import { externalForwarding } from './measures/forwarding.ts'
import { passwordPolicy } from './measures/password-policy.ts'
import { passwords } from './measures/passwords.ts'
import { privateAttributes } from './measures/private-attributes.ts'
import { privateMail } from './measures/private-mail.ts'
import { sharedAccounts } from './measures/shared-accounts.ts'
import { syncAge } from './measures/sync.ts'
import { unneededAttributes } from './measures/unneeded-attributes.ts'

/** What holds for the whole directory. */
export const measureDirectory = async (scene: Scene): Promise<readonly Measured[]> => [
  ...(await passwordPolicy(scene)),
  await auditLog(scene),
]

type Measure = (branch: Branch) => Promise<Measured | readonly Measured[]>
const BRANCH_MEASURES: readonly Measure[] = [
  privateAttributes,
  unneededAttributes,
  sharedAccounts,
  passwords,
  privateMail,
  externalForwarding,
  syncAge,
]

/** What holds for one branch. Errors: `CollectionError` when the branch shows no account at all, or the directory fails. */
export async function measureBranch(scene: Scene, base: LdapBase): Promise<readonly Measured[]> {
  const accounts = and(scene.config.accounts ?? ACCOUNTS[scene.root.kind].filter, base.filter)
  const branch: Branch = { ...scene, base, accounts }
  const total = await scene.directory.count(base.dn, accounts)
  if (total === 0) {
    throw new CollectionError(
      `La branche ${base.dn} ne montre aucun compte : vérifiez ses filtres et les droits du compte de lecture.`,
      { retryable: false },
    )
  }
  const measured: Measured[] = [
    { key: 'directory.standard_queries', value: true },
    { key: 'directory.accounts', value: total },
  ]
  for (const measure of BRANCH_MEASURES) measured.push(...[await measure(branch)].flat())
  return measured
}
