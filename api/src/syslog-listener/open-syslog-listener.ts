import { readFileSync } from 'node:fs'
import type { Deps } from '../context.ts'
import type { Settings } from '../settings.ts'
import { StartupError } from '../startup-error.ts'
import { startSyslogListener, type SyslogListener } from './listener.ts'

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new StartupError(`${name} : ${file} est introuvable ou illisible. Vérifiez ses droits.`)
  }
}

/** Opens the receiver of journals that the settings describe. Errors: `StartupError`. */
export const openSyslogListener = (
  deps: Deps,
  { host, port, certFile, keyFile, caFile }: NonNullable<Settings['syslog']>,
): Promise<SyslogListener> =>
  startSyslogListener(deps, {
    host,
    port,
    tls: {
      cert: read('VIGIE_SYSLOG_TLS_CERT_FILE', certFile),
      key: read('VIGIE_SYSLOG_TLS_KEY_FILE', keyFile),
      ca: read('VIGIE_SYSLOG_TLS_CA_FILE', caFile),
    },
  })
