import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { Settings } from './settings.ts'
import { StartupError } from './startup-error.ts'

const SIZE = 32

/** 32 raw bytes, or the same in 64 hexadecimal digits or in base64. */
function decode(content: Buffer, path: string): Uint8Array {
  if (content.length === SIZE) return new Uint8Array(content)
  const text = content.toString('latin1').trim()
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (bytes.length === SIZE) return new Uint8Array(bytes)
  throw new StartupError(
    `La clé maîtresse ${path} doit tenir en 32 octets (bruts, en hexadécimal ou en base64). ` +
      'Pour en créer une : openssl rand -out cle-maitresse.key 32',
  )
}

function readKey(path: string): Uint8Array {
  try {
    return decode(readFileSync(path), path)
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError(
      `La clé maîtresse ${path} est introuvable ou illisible. Vérifiez VIGIE_MASTER_KEY_FILE et les droits du fichier.`,
    )
  }
}

/** systemd lets nobody else in the directory of its credentials, whatever the mode of the files says. */
function refuseOpenKey(path: string, { credentialsDirectory }: Settings): void {
  if (credentialsDirectory && resolve(path).startsWith(resolve(credentialsDirectory) + sep)) return
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new StartupError(`La clé maîtresse ${path} est lisible par d’autres comptes : chmod 600 ${path}`)
  }
}

/**
 * Key that seals secrets and authenticates the journal. Production reads it from `VIGIE_MASTER_KEY_FILE`, readable
 * by its owner alone; elsewhere one is made in the data directory at the first start. Errors: `StartupError`.
 */
export function loadMasterKey(settings: Settings): Uint8Array {
  if (settings.masterKeyFile) {
    const key = readKey(settings.masterKeyFile)
    if (settings.production) refuseOpenKey(settings.masterKeyFile, settings)
    return key
  }
  if (settings.production) {
    throw new StartupError(
      'En production, VIGIE_MASTER_KEY_FILE doit nommer le fichier de la clé maîtresse (32 octets). ' +
        'Pour en créer un : openssl rand -out cle-maitresse.key 32 && chmod 600 cle-maitresse.key',
    )
  }
  const path = join(settings.dataDirectory, 'master.key')
  try {
    mkdirSync(settings.dataDirectory, { recursive: true })
    writeFileSync(path, randomBytes(SIZE), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new StartupError(
        `Impossible d’écrire dans ${settings.dataDirectory}. Choisissez un autre dossier avec VIGIE_DATA_DIR, ou corrigez ses droits.`,
      )
    }
  }
  return readKey(path)
}

/** Master keys that the current one replaced, from `VIGIE_FORMER_MASTER_KEY_FILES`. Errors: `StartupError`. */
export const loadFormerMasterKeys = (settings: Settings): Uint8Array[] =>
  settings.formerMasterKeyFiles.map((path) => {
    const key = readKey(path)
    if (settings.production) refuseOpenKey(path, settings)
    return key
  })
