import type { TlsOptions } from '../../collector.ts'

/** A branch of the directory, and the establishments whose users it holds. */
export interface LdapBase {
  readonly dn: string
  readonly uais: readonly string[]
  /** Narrows the branch to these establishments, RFC 4515. */
  readonly filter?: string
}

/** One directory to look at. Durations in milliseconds. */
export interface LdapConfig {
  /** Name of the directory, as screens show it. */
  readonly label: string
  /** `ldaps:`, or `ldap:` over which StartTLS is asked before anything else is said. */
  readonly url: URL
  /** Where a bind in clear is tried, always without a secret. */
  readonly cleartextUrl: URL
  readonly tls: TlsOptions & { readonly serverName?: string }
  /** Null: the directory is read without naming oneself. */
  readonly account: { readonly dn: string; readonly password: string } | null
  readonly bases: readonly [LdapBase, ...LdapBase[]]
  /** Entries that are accounts; by default those of the flavour. */
  readonly accounts?: string
  readonly loginAttribute?: string
  readonly privateAttributes: readonly string[]
  /** Attributes that the directory needs: others are imported for nothing. Absent: not looked at. */
  readonly neededAttributes?: readonly string[]
  /** Logins of shared accounts, `*` standing for anything. */
  readonly sharedLogins: readonly string[]
  readonly mail: {
    readonly attribute: string
    readonly forwardingAttributes: readonly string[]
    readonly students: MailRule
    readonly staff: MailRule
  }
  /** What proves the feeding of the directory: its author, or an entry that it touches each time. */
  readonly sync: { readonly author?: string; readonly marker?: string }
  /** Milliseconds of rest between two requests. */
  readonly pauseMs: number
  readonly requestTimeoutMs: number
}

export interface MailRule {
  /** Entries of these persons, RFC 4515. */
  readonly filter: string
  /** Domains of the institution. Empty: their addresses are not looked at. */
  readonly domains: readonly string[]
}
