import { createHash } from 'node:crypto'
import type { Deps } from '@vigie/api/context'
import { loadWebHandler } from '@vigie/api/load-web-handler'
import { startServer, type RunningServer } from '@vigie/api/server'
import type { Grant } from '@vigie/api/access'
import { openAccount } from './account.ts'

export const PASSWORD = 'phrase longue des essais'

/** API and built screens on one free port. Errors: when the screens are not built. */
export async function anE2eServer(deps: Deps): Promise<RunningServer> {
  const load = async (url: string) => {
    const handler = await loadWebHandler(process.env, url)
    if (!handler) throw new Error('the screens are not built: run `npm run build` first')
    return handler
  }
  return startServer(deps, { port: 0, host: '127.0.0.1', loadWebHandler: load })
}

/** Opens an account with this role. Out: the login, to be typed with `PASSWORD`. */
export async function aPerson(deps: Deps, grant: Grant): Promise<string> {
  const suffix = createHash('sha256').update(JSON.stringify(grant)).digest('hex').slice(0, 6)
  const login = `${grant.role.replaceAll('_', '-')}-${suffix}`
  await openAccount(deps, { login, password: PASSWORD, grants: [grant] })
  return login
}
