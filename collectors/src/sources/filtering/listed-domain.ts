const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)
const MAX_LENGTH = 253

/**
 * In: a line of a `domains` file. Out: the domain, null for what cannot be probed: a comment, an address, a path, a name that
 * is not of the DNS.
 */
export function listedDomain(line: string): string | null {
  const name = line.trim().toLowerCase()
  return name.length <= MAX_LENGTH && DOMAIN.test(name) ? name : null
}
