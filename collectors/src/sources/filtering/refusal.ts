import { isIP } from 'node:net'
import type { ProxyAnswer } from './proxy-exchange.ts'

/** What lets a block page be recognised. */
export interface BlockSigns {
  /** Hosts of the block pages, in lower case. */
  readonly pages: ReadonlySet<string>
  /** A header of the filter's own answers, and a text that it holds then. */
  readonly marks: readonly { readonly header: string; readonly contains: string }[]
}

/** How a request through the proxy ended, for the site that was asked. */
export type Reading =
  /** `sure`: only a filter answers so; `weak`: the site itself might have. */
  | { readonly kind: 'blocked'; readonly sure: boolean; readonly how: string }
  | { readonly kind: 'passed' }
  /** Nothing is proven: the site is dead, or slow. */
  | { readonly kind: 'unclear'; readonly why: string }
  | { readonly kind: 'credentials' }
  | { readonly kind: 'unreachable'; readonly code: string }

const SQUID_ERROR = 'x-squid-error'
const SQUID_REFUSAL = /^ERR_(ACCESS_DENIED|CUSTOM_BLOCK|FORBIDDEN)/
const SQUID_TROUBLE = /^ERR_/

const headerOf = (headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string => {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

/** In: an answer. Out: the host that it sends to, null when it sends nowhere, or stays on the site that was asked. */
export function foreignHost(answer: ProxyAnswer, site: string): string | null {
  if (answer.kind !== 'answered' || answer.status < 300 || answer.status > 399) return null
  const base = `http://${site}/`
  const location = headerOf(answer.headers, 'location')
  if (location === '' || !URL.canParse(location, base)) return null
  const host = new URL(location, base).hostname.toLowerCase()
  const bare = (name: string) => name.replace(/^www\./, '')
  const [left, right] = [bare(host), bare(site.toLowerCase())]
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`) ? null : host
}

const isPrivate = (host: string): boolean =>
  isIP(host) === 4 && /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host)

/**
 * In: what the proxy did, how it was asked, and the signs of a refusal. A tunnel is answered by the proxy alone: its refusal is
 * sure. A plain 403 to a request may come from the site.
 */
export function readAnswer(
  answer: ProxyAnswer,
  site: string,
  asked: 'headers' | 'tunnel',
  signs: BlockSigns,
): Reading {
  if (answer.kind === 'unreachable') return { kind: 'unreachable', code: answer.code }
  if (answer.kind === 'silent') return { kind: 'unclear', why: 'pas de réponse à temps' }
  if (answer.kind === 'cut') return { kind: 'blocked', sure: asked === 'tunnel', how: 'connexion coupée' }
  const { status, headers } = answer
  if (status === 407) return { kind: 'credentials' }
  if (
    signs.marks.some(({ header, contains }) => headerOf(headers, header.toLowerCase()).includes(contains))
  ) {
    return { kind: 'blocked', sure: true, how: 'réponse signée du filtre' }
  }
  const host = foreignHost(answer, site)
  if (host !== null && (signs.pages.has(host) || isPrivate(host))) {
    return { kind: 'blocked', sure: true, how: 'renvoi vers une page de blocage' }
  }
  const squid = headerOf(headers, SQUID_ERROR)
  if (SQUID_REFUSAL.test(squid)) return { kind: 'blocked', sure: true, how: `refus du proxy (${status})` }
  if (SQUID_TROUBLE.test(squid)) return { kind: 'unclear', why: `le proxy ne joint pas le site (${status})` }
  if (status === 403 || status === 451) {
    return { kind: 'blocked', sure: asked === 'tunnel', how: `refus (${status})` }
  }
  if (asked === 'tunnel' && status >= 300 && status < 500) {
    return { kind: 'blocked', sure: true, how: `tunnel refusé (${status})` }
  }
  if (status >= 500) return { kind: 'unclear', why: `le proxy ne joint pas le site (${status})` }
  return { kind: 'passed' }
}

/** In: the readings of one site, one per way in. Out: passed if any way in is open, blocked if one is surely closed. */
export function combine(readings: readonly Reading[]): Reading {
  const [first] = readings
  if (!first) return { kind: 'unclear', why: 'rien n’a été demandé' }
  for (const kind of ['unreachable', 'credentials', 'passed'] as const) {
    const found = readings.find((reading) => reading.kind === kind)
    if (found) return found
  }
  const sure = readings.find((reading) => reading.kind === 'blocked' && reading.sure)
  if (sure) return sure
  const weak = readings.filter((reading) => reading.kind === 'blocked')
  return weak.length > 0
    ? { kind: 'unclear', why: 'refus qui peut venir du site : indiquez blockPages ou blockMarks' }
    : first
}
