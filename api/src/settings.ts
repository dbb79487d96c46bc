import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import type { MailConfig, ProofConfig } from './context.ts'
import { parseClamdAddress } from './features/proofs/scanner/clamd-address.ts'
import { parseReserved, type ReservedNetworks } from './features/targets/reserved-networks.ts'
import { secretOf } from './secret-file.ts'
import { EXIT, StartupError } from './startup-error.ts'

export type Environment = Record<string, string | undefined>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDirectory: string
  readonly databaseUrl: string | undefined
  readonly masterKeyFile: string | undefined
  /** Months during which the name of a holder who left is kept. */
  readonly holderRetentionMonths: number
  /** Months during which a resolved incident is kept. */
  readonly incidentRetentionMonths: number
  /** Files of the master keys that the current one replaced. */
  readonly formerMasterKeyFiles: readonly string[]
  /** Where systemd puts the secrets that it hands to this process alone, or null. */
  readonly credentialsDirectory: string | null
  readonly production: boolean
  readonly metricsToken: string | null
  /** Series of each establishment on `/metrics`. */
  readonly metricsEtablissements: boolean
  /** Address that gives the metrics apart from the API, or null. */
  readonly metricsListen: { readonly host: string; readonly port: number } | null
  /** Address that receives the journals of machines, with the files of its certificates, or null. */
  readonly syslog: {
    readonly host: string
    readonly port: number
    readonly certFile: string
    readonly keyFile: string
    readonly caFile: string
  } | null
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /** Origin that browsers see (`https://vigie.example`), or null when it is the listening address. */
  readonly publicUrl: string | null
  readonly mail: MailConfig | null
  /** What only the académie's own staff may have watched. */
  readonly reservedNetworks: ReservedNetworks
  /** A collection file names systems to read. */
  readonly readsPrometheus: boolean
  readonly proofs: ProofConfig
}

/** Root of the project: where `.vigie` and `web/build` are. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url))

const refuse = (name: string, remedy: string) => new StartupError(`${name} : ${remedy}`, EXIT.usage)

function readPort(text: string | undefined): number {
  if (text === undefined) return 8600
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw refuse('VIGIE_PORT', 'donnez un numéro de port entre 0 et 65535.')
  }
  return port
}

const YES = ['1', 'true', 'oui']
const NO = ['0', 'false', 'non']

function readFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || NO.includes(text)) return false
  if (!YES.includes(text)) throw refuse(name, 'répondez par oui ou par non.')
  return true
}

/** `127.0.0.1:9610`, `[::1]:9610`, `supervision.exemple.fr:9610`. */
function readListen(
  name: string,
  text: string | undefined,
  example: string,
): { readonly host: string; readonly port: number } | null {
  if (text === undefined) return null
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || Number(port) > 65_535) {
    throw refuse(name, `donnez une adresse et un port, par exemple ${example}.`)
  }
  return { host, port: Number(port) }
}

/** The receiver of journals is only open with its three files: who may speak to it is known by certificate. */
function readSyslog(value: (name: string) => string | undefined): Settings['syslog'] {
  const listen = readListen('VIGIE_SYSLOG_LISTEN', value('VIGIE_SYSLOG_LISTEN'), '0.0.0.0:6514')
  if (!listen) return null
  const file = (kind: string) => {
    const name = `VIGIE_SYSLOG_TLS_${kind}_FILE`
    const path = value(name)
    if (path === undefined) throw refuse(name, 'donnez un fichier PEM : VIGIE_SYSLOG_LISTEN le demande.')
    return path
  }
  return { ...listen, certFile: file('CERT'), keyFile: file('KEY'), caFile: file('CA') }
}

function readMonths(name: string, text: string | undefined, byDefault: number): number {
  const months = Number(text ?? byDefault)
  if (!Number.isInteger(months) || months < 1 || months > 120) {
    throw refuse(name, 'donnez un nombre de mois entre 1 et 120.')
  }
  return months
}

function readPublicUrl(text: string | undefined): string | null {
  if (text === undefined) return null
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw refuse('VIGIE_PUBLIC_URL', 'donnez une adresse complète, par exemple https://vigie.exemple.fr.')
  }
  return new URL(text).origin
}

function readLogLevel(text: string | undefined): Settings['logLevel'] {
  const level = LOG_LEVELS.find((known) => known === (text ?? 'info'))
  if (!level) throw refuse('VIGIE_LOG_LEVEL', `choisissez parmi ${LOG_LEVELS.join(', ')}.`)
  return level
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw refuse(
      'DATABASE_URL',
      'donnez une adresse de la forme postgresql://compte:secret@serveur:5432/base.',
    )
  }
  return text
}

/** One address, bare or after a name: `Vigie <vigie@exemple.fr>`. */
const SENDER = /^(?:[^<>\r\n]+<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/

function readMail(url: string | undefined, from: string | undefined): MailConfig | null {
  if (url === undefined) return null
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || !new URL(url).hostname) {
    throw refuse(
      'VIGIE_SMTP_URL',
      'donnez une adresse de la forme smtp://compte:secret@serveur:587 ou smtps://compte:secret@serveur:465.',
    )
  }
  if (from === undefined || !SENDER.test(from)) {
    throw refuse('VIGIE_MAIL_FROM', 'donnez l’adresse d’expédition, par exemple vigie@exemple.fr.')
  }
  return { url, from }
}

/** Vigie itself is among what is reserved. */
function readReserved(text: string | undefined, publicUrl: string | null): ReservedNetworks {
  const own = publicUrl === null ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')]
  const reserved = parseReserved([...own, ...(text?.split(/[\s,]+/).filter(Boolean) ?? [])])
  if ('wrong' in reserved) {
    throw refuse(
      'VIGIE_RESERVED_NETWORKS',
      `« ${reserved.wrong} » n’est ni une adresse, ni un réseau (10.1.0.0/16), ni un domaine ; séparez-les par des virgules.`,
    )
  }
  return reserved
}

const LARGEST_PROOF_MIB = 32

function readProofs(mebibytes: string | undefined, clamd: string | undefined): ProofConfig {
  const size = Number(mebibytes ?? 10)
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PROOF_MIB) {
    throw refuse('VIGIE_PROOF_MAX_MIB', `donnez un nombre de Mio entre 1 et ${LARGEST_PROOF_MIB}.`)
  }
  const address = clamd === undefined ? null : parseClamdAddress(clamd)
  if (clamd !== undefined && address === null) {
    throw refuse(
      'VIGIE_CLAMD',
      'donnez l’adresse de clamd, par exemple unix:/run/clamav/clamd.ctl ou tcp://antivirus.exemple.fr:3310.',
    )
  }
  return { maxBytes: size * 1024 * 1024, clamd: address }
}

/** In: the environment's variables, an empty one counting as absent. Errors: `StartupError` naming the variable. */
export function readSettings(environment: Environment): Settings {
  const value = (name: string) => environment[name]?.trim() || undefined
  const secret = (name: string) => secretOf(name, value(name), value(`${name}_FILE`))
  return {
    host: value('VIGIE_HOST') ?? '127.0.0.1',
    port: readPort(value('VIGIE_PORT')),
    dataDirectory: resolve(PROJECT_ROOT, value('VIGIE_DATA_DIR') ?? '.vigie'),
    databaseUrl: readDatabaseUrl(secret('DATABASE_URL')),
    masterKeyFile: value('VIGIE_MASTER_KEY_FILE'),
    holderRetentionMonths: readMonths(
      'VIGIE_HOLDER_RETENTION_MONTHS',
      value('VIGIE_HOLDER_RETENTION_MONTHS'),
      24,
    ),
    incidentRetentionMonths: readMonths(
      'VIGIE_INCIDENT_RETENTION_MONTHS',
      value('VIGIE_INCIDENT_RETENTION_MONTHS'),
      36,
    ),
    credentialsDirectory: value('CREDENTIALS_DIRECTORY') ?? null,
    formerMasterKeyFiles: value('VIGIE_FORMER_MASTER_KEY_FILES')?.split(':').filter(Boolean) ?? [],
    production: YES.includes(value('VIGIE_PRODUCTION') ?? ''),
    metricsToken: secret('VIGIE_METRICS_TOKEN') ?? null,
    metricsEtablissements: readFlag('VIGIE_METRICS_ETABLISSEMENTS', value('VIGIE_METRICS_ETABLISSEMENTS')),
    metricsListen: readListen('VIGIE_METRICS_LISTEN', value('VIGIE_METRICS_LISTEN'), '127.0.0.1:9610'),
    syslog: readSyslog(value),
    logLevel: readLogLevel(value('VIGIE_LOG_LEVEL')),
    publicUrl: readPublicUrl(value('VIGIE_PUBLIC_URL')),
    mail: readMail(secret('VIGIE_SMTP_URL'), value('VIGIE_MAIL_FROM')),
    reservedNetworks: readReserved(
      value('VIGIE_RESERVED_NETWORKS'),
      readPublicUrl(value('VIGIE_PUBLIC_URL')),
    ),
    readsPrometheus: value('VIGIE_COLLECT_FILE') !== undefined,
    proofs: readProofs(value('VIGIE_PROOF_MAX_MIB'), value('VIGIE_CLAMD')),
  }
}
