import { withParameters } from '#lib/url-state.ts'

type Address = Parameters<typeof withParameters>[0]

/** In: the page's address and what changes in it. Out: the address to go to, without the action that brought here. */
export const here = (url: Address, changes: Readonly<Record<string, string | null>> = {}): string =>
  withParameters(url, { ...changes, '/chercher': null, '/ouvrir': null })

/** In: the page's address. Out: where to post so that what was already chosen is kept. */
export function posting(url: Address, action: 'chercher' | 'ouvrir'): string {
  const address = here(url)
  return `${address}${address.includes('?') ? '&' : '?'}/${action}`
}
