import { matching, or } from '../filters.ts'
import { ACCOUNTS } from '../flavour.ts'
import { countWhere, unsearchable, type Branch, type Measured } from '../measured.ts'

const KEY = 'directory.shared_accounts'

/** Accounts whose login names a place or a function (INF-ANN-1). */
export async function sharedAccounts(branch: Branch): Promise<Measured> {
  const { config, root } = branch
  if (config.sharedLogins.length === 0) return { key: KEY, skipped: 'aucun motif de compte partagé' }
  const login = config.loginAttribute ?? ACCOUNTS[root.kind].login
  const filter = or(...config.sharedLogins.map((pattern) => matching(login, pattern)))
  const found = await countWhere(branch, [login], filter)
  return typeof found === 'number'
    ? { key: KEY, value: found }
    : { key: KEY, unknown: unsearchable([found.unreadable]) }
}
