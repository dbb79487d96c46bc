import { isIPv4, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'

/** A machine as an address names it; in one spelling. */
export interface NetworkHost {
  readonly kind: 'ipv4' | 'ipv6' | 'name'
  /** Without brackets. */
  readonly text: string
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?$/
/** A last label of digits makes a number of the whole: inet_aton reads 127.1, 0x7f.1 or 2130706433 as addresses. */
const NUMERIC = /^(?:\d+|0x[0-9a-f]*)$/
const NAME_LIMIT = 253

/** In: a host, an IPv6 address without brackets. Out: the same in its one spelling, or null when it names no machine. */
export function parseHost(text: string): NetworkHost | null {
  if (isIPv4(text)) return { kind: 'ipv4', text }
  if (text.includes(':')) {
    if (!isIPv6(text) || text.includes('%')) return null
    return { kind: 'ipv6', text: new URL(`http://[${text}]/`).hostname.slice(1, -1) }
  }
  const name = domainToASCII(text.replace(/\.$/, '')).toLowerCase()
  if (name === '' || name.length > NAME_LIMIT) return null
  const labels = name.split('.')
  if (!labels.every((label) => LABEL.test(label)) || NUMERIC.test(labels.at(-1) ?? '')) return null
  return { kind: 'name', text: name }
}

/** The host as it stands before a port. */
export const bracketed = (host: NetworkHost): string => (host.kind === 'ipv6' ? `[${host.text}]` : host.text)
