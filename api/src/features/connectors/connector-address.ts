import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Config } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { ConnectorKind } from './schema.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Addresses that no ticketing system has: unspecified, link-local, multicast, reserved, and those of cloud metadata. */
const never = new BlockList()
never.addSubnet('0.0.0.0', 8, 'ipv4')
never.addSubnet('169.254.0.0', 16, 'ipv4')
never.addAddress('100.100.100.200', 'ipv4')
never.addSubnet('224.0.0.0', 3, 'ipv4')
never.addAddress('::', 'ipv6')
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')
never.addAddress('fd00:ec2::254', 'ipv6')

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')
const isLoopbackAddress = (address: string) => loopback.check(address, familyOf(address))

/**
 * In: an IP address that a connector would reach. Out: true when it must not: an administrator of an académie is not one
 * of the server, whose own services and metadata stay out of reach. Private networks are allowed: GLPI is there.
 */
export const isForbiddenAddress = (address: string, config: Pick<Config, 'demonstration'>): boolean =>
  never.check(address, familyOf(address)) || (isLoopbackAddress(address) && !config.demonstration)

/** Host of a URL, an IPv6 address without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

const isLoopbackHost = (host: string) =>
  /(^|\.)localhost\.?$/i.test(host) || (isIP(host) !== 0 && isLoopbackAddress(host))

const refuse = (detail: string) =>
  new AppError('invalid_input', `url : ${detail}`, {
    errors: [{ pointer: '/url', detail: `url : ${detail}` }],
  })

function checkHost(url: URL, allowHttp: boolean, config: Config): void {
  const host = hostOf(url)
  const local = isLoopbackHost(host)
  if ((isIP(host) !== 0 && isForbiddenAddress(host, config)) || (local && !config.demonstration)) {
    throw refuse('cette adresse désigne la machine de Vigie ou un réseau réservé. Donnez celle du système.')
  }
  if (url.protocol === 'http:' && !local && !allowHttp) {
    throw refuse('donnez une adresse https, ou acceptez l’échange sans chiffrement (allowHttp).')
  }
}

/**
 * In: an address as a person typed it. Out: the one that the connector keeps; a GLPI's ends with `/apirest.php`.
 * Errors: `invalid_input` when it is no http(s) address, carries credentials, or leads where no connector may.
 */
export function readConnectorUrl(
  config: Config,
  kind: ConnectorKind,
  text: string,
  allowHttp: boolean,
): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw refuse('donnez une adresse complète, par exemple https://glpi.exemple.fr.')
  }
  if (url.username || url.password)
    throw refuse('retirez l’identifiant et le mot de passe : ils se donnent à part.')
  checkHost(url, allowHttp, config)
  url.hash = ''
  if (kind === 'webhook') return url.href
  if (url.search) throw refuse('retirez ce qui suit le point d’interrogation.')
  const path = url.pathname.replace(/\/+$/, '')
  url.pathname = path.endsWith('/apirest.php') ? path : `${path}/apirest.php`
  return url.href
}
