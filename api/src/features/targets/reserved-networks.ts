import { BlockList, isIP } from 'node:net'
import { parseHost, type NetworkHost } from './network-host.ts'

/** Where a target may not stand: `never`, for anybody; `academie`, unless the académie's own staff declare it. */
export type Reservation = 'never' | 'academie' | null

type Network = readonly [address: string, prefix: number]

/** No school stands there: this host, link-local, multicast, metadata of clouds, IPv4 hidden in IPv6 (RFC 6890). */
const NEVER: readonly Network[] = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2002::', 16],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]
const HIDDEN_IPV4: readonly Network[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
]
const LOOPBACK: readonly Network[] = [
  ['127.0.0.0', 8],
  ['::1', 128],
]
const NEVER_NAMES = ['metadata.google.internal', 'metadata.azure.internal', 'instance-data.ec2.internal']

function blockListOf(networks: readonly Network[]): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of networks) {
    list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const never = blockListOf(NEVER)
const hiddenIpv4 = blockListOf(HIDDEN_IPV4)
const loopback = blockListOf(LOOPBACK)

const isUnder = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`)

/** Networks and domains that an académie keeps to itself. */
export interface ReservedNetworks {
  readonly networks: BlockList
  readonly domains: readonly string[]
}

const CIDR = /^(.+)\/(\d{1,3})$/

/**
 * In: addresses, networks (`10.1.0.0/16`) and domains, as `VIGIE_RESERVED_NETWORKS` gives them. Out: the same, ready to
 * be asked; null in place of the first entry that is none of these.
 */
export function parseReserved(entries: readonly string[]): ReservedNetworks | { readonly wrong: string } {
  const networks: Network[] = []
  const domains: string[] = []
  for (const entry of entries) {
    const [, address = entry, prefix] = CIDR.exec(entry) ?? []
    const version = isIP(address)
    const longest = version === 4 ? 32 : 128
    if (version !== 0 && Number(prefix ?? longest) <= longest) {
      networks.push([address, Number(prefix ?? longest)])
      continue
    }
    const domain = prefix === undefined ? parseHost(entry.replace(/^\*?\./, '')) : null
    if (domain?.kind !== 'name') return { wrong: entry }
    domains.push(domain.text)
  }
  return { networks: blockListOf(networks), domains }
}

/** In: a host and what the académie reserves. Out: who, if anyone, may have it watched. */
export function reservationOf(host: NetworkHost, reserved: ReservedNetworks): Reservation {
  if (host.kind === 'name') {
    if (NEVER_NAMES.some((name) => isUnder(host.text, name))) return 'never'
    const own = !host.text.includes('.') || ['localhost', 'internal'].some((top) => isUnder(host.text, top))
    return own || reserved.domains.some((domain) => isUnder(host.text, domain)) ? 'academie' : null
  }
  if (loopback.check(host.text, host.kind)) return host.text.startsWith('::ffff:') ? 'never' : 'academie'
  if (host.kind === 'ipv6' && hiddenIpv4.check(host.text, 'ipv6')) return 'never'
  if (never.check(host.text, host.kind)) return 'never'
  return reserved.networks.check(host.text, host.kind) ? 'academie' : null
}

const privateNetworks = blockListOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
])

/** True for an address of a school's own network (RFC 1918, RFC 4193). */
export const isPrivate = (host: NetworkHost): boolean =>
  host.kind !== 'name' && privateNetworks.check(host.text, host.kind)
