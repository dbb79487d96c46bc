import { FilterParser } from 'ldapts'

/** Those that a filter gives a meaning to, and those that nothing shows. */
const SPECIAL = /[\p{Cc}*()\\&|!=<>~]/gu

/** In: a value. Out: the same, fit for a filter (RFC 4515, 3); what lies beyond ASCII stands for itself. */
export const escaped = (value: string): string =>
  value.replaceAll(SPECIAL, (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** In: a pattern where `*` stands for anything. */
export const matching = (attribute: string, pattern: string): string =>
  `(${attribute}=${pattern.split('*').map(escaped).join('*')})`
export const present = (attribute: string): string => `(${attribute}=*)`
export const not = (filter: string): string => `(!${filter})`
export const and = (...filters: readonly (string | undefined)[]): string => combined('&', filters)
export const or = (...filters: readonly (string | undefined)[]): string => combined('|', filters)

function combined(operator: '&' | '|', filters: readonly (string | undefined)[]): string {
  const given = filters.filter((filter) => filter !== undefined)
  return given.length === 1 && given[0] !== undefined ? given[0] : `(${operator}${given.join('')})`
}

/** An address of none of these domains nor of their subdomains; true also of an address whose domain is none. */
export const outside = (attribute: string, domains: readonly string[]): string =>
  not(
    or(
      ...domains.flatMap((domain) => [
        matching(attribute, `*@${domain}`),
        matching(attribute, `*@*.${domain}`),
      ]),
    ),
  )

/** In: any text. Out: whether it is a filter (RFC 4515). */
export function isFilter(text: string): boolean {
  try {
    FilterParser.parseString(text)
    return text.startsWith('(')
  } catch {
    return false
  }
}
