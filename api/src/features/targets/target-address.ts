import type { TargetModule } from '@vigie/db/schema'
import { MODULES } from './modules.ts'
import { bracketed, parseHost, type NetworkHost } from './network-host.ts'

/** An address in the one spelling that Prometheus is given. */
export interface TargetAddress {
  readonly address: string
  readonly host: NetworkHost
}

/** `fault` says in French what is wrong and the remedy. */
export type ParsedAddress = TargetAddress | { readonly fault: string }

export const ADDRESS_LIMIT = 500
const BRACKETED = /^\[([^\]]*)\](?::(.*))?$/
const PLAIN = /^([^:]*)(?::(.*))?$/

/** In: a module and what a person typed. Out: the address, canonical, or what is wrong with it. */
export function parseTargetAddress(module: TargetModule, typed: string): ParsedAddress {
  const text = typed.trim()
  if (text === '') return { fault: `Donnez une adresse, par exemple ${MODULES[module].example}.` }
  if (text.length > ADDRESS_LIMIT)
    return { fault: `Adresse trop longue : au plus ${ADDRESS_LIMIT} caractères.` }
  return module === 'http' ? webAddress(text) : hostAddress(module, text)
}

function webAddress(text: string): ParsedAddress {
  const { example } = MODULES.http
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return { fault: `Donnez l’adresse complète du site, en http ou https, par exemple ${example}.` }
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    return { fault: 'Retirez le compte et le mot de passe : Prometheus montrerait l’adresse en clair.' }
  }
  if (/[?#]/.test(url.href)) {
    return { fault: 'Retirez ce qui suit « ? » ou « # » : Prometheus montrerait l’adresse en clair.' }
  }
  const host = parseHost(url.hostname.replace(/^\[|\]$/g, ''))
  return host ? { address: url.href, host } : { fault: unknownHost(example) }
}

function hostAddress(module: Exclude<TargetModule, 'http'>, text: string): ParsedAddress {
  const { example, defaultPort } = MODULES[module]
  if (text.includes('/')) {
    return {
      fault: `Donnez une machine${module === 'icmp' ? '' : ' et un port'}, non une adresse web : ${example}.`,
    }
  }
  const parts = BRACKETED.exec(text) ?? (isBareIpv6(text) ? [text, text] : PLAIN.exec(text))
  const host = parseHost(parts?.[1] ?? '')
  if (!host) return { fault: unknownHost(example) }
  const typedPort = parts?.[2]
  if (module === 'icmp') {
    return typedPort === undefined
      ? { address: host.text, host }
      : { fault: `Une machine qu’on interroge par ping n’a pas de port : ${example}.` }
  }
  const port = typedPort === undefined ? defaultPort : portOf(typedPort)
  if (port === null) {
    return {
      fault:
        typedPort === undefined
          ? `Ajoutez le port du service, par exemple ${example}.`
          : `Le port est un nombre de 1 à 65535, par exemple ${example}.`,
    }
  }
  return { address: `${bracketed(host)}:${port}`, host }
}

const isBareIpv6 = (text: string) => text.split(':').length > 2

const unknownHost = (example: string) =>
  `Ce n’est ni un nom de machine ni une adresse IP : attendu par exemple ${example}.`

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}
