import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

/** What a resolver said of a name. */
export type NameAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** NXDOMAIN, or no address at all. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' }

const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])

/** In: `192.0.2.53`, `192.0.2.53:5353` or `[2001:db8::53]:53`; null asks the resolver of Vigie's machine. */
export async function askName(
  server: string | null,
  name: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<NameAnswer> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
  if (server !== null) resolver.setServers([server])
  const giveUp = () => resolver.cancel()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return { kind: 'addresses', addresses: await resolver.resolve4(name) }
  } catch (error) {
    signal.throwIfAborted()
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (ABSENT.has(code)) return { kind: 'absent' }
    return code === 'EREFUSED' ? { kind: 'refused' } : { kind: 'silent' }
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** Addresses that no site of the internet has (RFC 1918, RFC 6890): what a resolver answers to block. */
const NOWHERE = /^(0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/

/** Sites that share one address before it is taken for that of a block page. */
const SHARED_BY = 3

/**
 * In: what the school's resolver said of each sampled site, of the control sites, and what another resolver said of the former
 * (null when there is none). Out: per site, true when the resolver blocks it, false when it gives it, null when nothing is
 * proven: a name that exists nowhere is not blocked.
 */
export function readNames(
  sampled: ReadonlyMap<string, NameAnswer>,
  controls: readonly NameAnswer[],
  reference: ReadonlyMap<string, NameAnswer> | null,
  blockAddresses: ReadonlySet<string>,
): ReadonlyMap<string, boolean | null> {
  const ofControls = new Set(controls.flatMap(addressesOf))
  const sites = new Map<string, number>()
  for (const answer of sampled.values()) {
    for (const address of new Set(addressesOf(answer))) sites.set(address, (sites.get(address) ?? 0) + 1)
  }
  const blocks = (address: string) =>
    blockAddresses.has(address) ||
    NOWHERE.test(address) ||
    ((sites.get(address) ?? 0) >= SHARED_BY && !ofControls.has(address))
  const reading = ([site, answer]: readonly [string, NameAnswer]): boolean | null => {
    if (answer.kind === 'silent') return null
    if (answer.kind === 'addresses') return answer.addresses.every(blocks)
    if (answer.kind === 'refused') return true
    return reference?.get(site)?.kind === 'addresses' ? true : null
  }
  return new Map([...sampled].map((entry) => [entry[0], reading(entry)]))
}

const addressesOf = (answer: NameAnswer): readonly string[] =>
  answer.kind === 'addresses' ? answer.addresses.filter((address) => isIP(address) !== 0) : []
