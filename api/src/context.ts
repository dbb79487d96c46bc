import type { Database } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import type { Logger } from 'pino'
import type { Actor } from './access/actor.ts'
import type { ClamdAddress } from './features/proofs/scanner/clamd-address.ts'
import type { ReservedNetworks } from './features/targets/reserved-networks.ts'
import type { Metrics } from './http/metrics.ts'

export interface Clock {
  /** Now, in UTC. */
  now(): Date
}

export interface Random {
  uuid(): string
  /** Cryptographic bytes. */
  bytes(size: number): Uint8Array
}

/** What the process is built from; read from the environment once, in `main.ts`. */
export interface Deps {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly config: Config
  /** Of this process; `/metrics` reads them. */
  readonly metrics: Metrics
}

export interface Config {
  /** 32 bytes; seals secrets and authenticates the journal. */
  readonly masterKey: Uint8Array
  /** Master keys that the current one replaced: what they sealed still opens. */
  readonly formerMasterKeys: readonly Uint8Array[]
  /** Cookies are `Secure` when the public address is https. */
  readonly secureCookies: boolean
  readonly demonstration: boolean
  /** Bearer token of `/metrics`; null closes it. */
  readonly metricsToken: string | null
  /** Whether `/metrics` tells of each establishment. */
  readonly metricsEtablissements: boolean
  /** Months during which the name of a holder who left is kept. */
  readonly holderRetentionMonths: number
  /** Months during which a resolved incident is kept. */
  readonly incidentRetentionMonths: number
  /** Roles that sign in with a second factor; demonstration accounts are spared it. */
  readonly strongRoles: readonly Role[]
  /** Origin that browsers see, or null when it is the address they called. */
  readonly publicUrl: string | null
  /** Server that mails go through, and their sender; null makes them wait. */
  readonly mail: MailConfig | null
  /** What only the académie's own staff may have watched. */
  readonly reservedNetworks: ReservedNetworks
  /** A collection file names systems to read. */
  readonly readsPrometheus: boolean
  /** Documents that people attach. */
  readonly proofs: ProofConfig
}

export interface ProofConfig {
  /** Of one file. */
  readonly maxBytes: number
  /** Antivirus that every file passes; null when there is none beside the built-in signatures. */
  readonly clamd: ClamdAddress | null
}

export interface MailConfig {
  /** `smtp://` or `smtps://`, with its credentials and options. */
  readonly url: string
  readonly from: string
}

/** What every verb receives first. */
export interface Context extends Deps {
  readonly actor: Actor
  readonly requestId: string | null
}
