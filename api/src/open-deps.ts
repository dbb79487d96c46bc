import { randomBytes, randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { DirectoryLockedError, openDatabase, type Database } from '@vigie/db'
import { pino, type Logger } from 'pino'
import { STRONG_ROLES } from './access/permissions.ts'
import type { Clock, Deps } from './context.ts'
import { createMetrics } from './http/metrics.ts'
import { loadFormerMasterKeys, loadMasterKey } from './master-key.ts'
import type { Settings } from './settings.ts'
import { StartupError } from './startup-error.ts'

function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
    accessSync(directory, constants.W_OK)
  } catch {
    throw new StartupError(
      `Impossible d’écrire dans ${directory}. Choisissez un autre dossier avec VIGIE_DATA_DIR, ou corrigez ses droits.`,
    )
  }
}

/** Address of the server without its password: fit for a message. */
function shownAddress(url: string): string {
  const parsed = new URL(url)
  parsed.password = ''
  return parsed.href
}

function startupErrorOf(error: unknown, settings: Settings): StartupError {
  if (error instanceof DirectoryLockedError) {
    return new StartupError(
      `Le dossier ${settings.dataDirectory} sert déjà à une autre Vigie (processus ${error.pid}). ` +
        'Arrêtez-la, ou choisissez un autre dossier avec VIGIE_DATA_DIR. ' +
        'Pour que plusieurs processus partagent les données, utilisez un serveur PostgreSQL (DATABASE_URL).',
    )
  }
  const reason =
    error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error)
  return settings.databaseUrl
    ? new StartupError(
        `La base ${shownAddress(settings.databaseUrl)} ne répond pas ou refuse la connexion (${reason}). ` +
          'Vérifiez DATABASE_URL, que le serveur PostgreSQL (15 ou plus récent) est démarré, et les droits du compte.',
      )
    : new StartupError(
        `La base embarquée de ${settings.dataDirectory} ne s’ouvre pas (${reason}). ` +
          'Restaurez une sauvegarde de ce dossier, ou choisissez-en un autre avec VIGIE_DATA_DIR.',
      )
}

async function openMigrated(settings: Settings): Promise<Database> {
  if (!settings.databaseUrl) prepareDirectory(settings.dataDirectory)
  try {
    return await openDatabase({ url: settings.databaseUrl, directory: settings.dataDirectory })
  } catch (error) {
    throw startupErrorOf(error, settings)
  }
}

const LOG_BYTES = 4_096
const LOG_FLUSH_MS = 200

/** Lines leave together: written one by one, each would hold up a verification. */
function openLog(level: Settings['logLevel']): Logger {
  const destination = pino.destination({ sync: false, minLength: LOG_BYTES })
  setInterval(() => destination.flush(), LOG_FLUSH_MS).unref()
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}

/** Opens and migrates the database, reads the master key. Errors: `StartupError`. The caller closes `db`. */
export async function openDeps(settings: Settings, clock: Clock): Promise<Deps> {
  const masterKey = loadMasterKey(settings)
  const log = openLog(settings.logLevel)
  return {
    db: await openMigrated(settings),
    clock,
    metrics: createMetrics({ processMetrics: true }),
    random: { uuid: randomUUID, bytes: (size) => new Uint8Array(randomBytes(size)) },
    log,
    config: {
      masterKey,
      formerMasterKeys: loadFormerMasterKeys(settings),
      secureCookies: settings.publicUrl?.startsWith('https:') ?? false,
      demonstration: !settings.production,
      metricsToken: settings.metricsToken,
      metricsEtablissements: settings.metricsEtablissements,
      publicUrl: settings.publicUrl,
      strongRoles: STRONG_ROLES,
      holderRetentionMonths: settings.holderRetentionMonths,
      incidentRetentionMonths: settings.incidentRetentionMonths,
      mail: settings.mail,
      reservedNetworks: settings.reservedNetworks,
      readsPrometheus: settings.readsPrometheus,
      proofs: settings.proofs,
    },
  }
}
