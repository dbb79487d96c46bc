import type { Pace } from '../etablissement/pace.ts'
import type { Door } from '../publication/door.ts'

/** How a mail program reaches a box. */
export const CLIENT_PROTOCOLS = {
  imaps: { use: 'read', port: 993, direct: true },
  imap: { use: 'read', port: 143, direct: false },
  submissions: { use: 'send', port: 465, direct: true },
  submission: { use: 'send', port: 587, direct: false },
} as const satisfies Record<string, { use: 'read' | 'send'; port: number; direct: boolean }>
export type ClientProtocol = keyof typeof CLIENT_PROTOCOLS

export interface ClientEndpoint {
  readonly protocol: ClientProtocol
  readonly host: string
  readonly port: number
}

/** One domain of mail, and the establishments that write under it. */
export interface MailConfig {
  readonly domain: string
  readonly uais: readonly string[]
  /** `192.0.2.53:53`; null asks the resolver of Vigie's machine. */
  readonly resolver: string | null
  /** Selectors of the DKIM keys. Empty: not looked at. */
  readonly selectors: readonly string[]
  readonly mxPort: number
  /** How mail programs reach it. Empty: as the domain announces by SRV records (RFC 6186). */
  readonly clients: readonly ClientEndpoint[]
  readonly webmail?: Door
  /** PEM authority of the school's own services. */
  readonly ca?: string
  readonly pace: Pace
}

/** How a probe message that reached a box is read. */
export interface HeaderConfig {
  readonly domain: string
  readonly uais: readonly string[]
  /** Servers of the institution that take mail in: the newest `Received` must be theirs. Empty: not asked for. */
  readonly trustedHosts: readonly string[]
  /** Names of headers that the filters of this institution write, beside the known ones. */
  readonly marks: { readonly spam: readonly string[]; readonly virus: readonly string[] }
}
