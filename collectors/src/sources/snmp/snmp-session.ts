import snmp, { type Session, type Varbind } from 'net-snmp'
import { CollectionError } from '../../collector.ts'

export const AUTH_PROTOCOLS = ['sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export const PRIV_PROTOCOLS = ['aes', 'aes256b', 'aes256r'] as const

/** How a device is read: SNMPv3 authPriv (RFC 3414), or a v2c community, which crosses the network in clear. */
export type SnmpAccess =
  | {
      readonly version: 'v3'
      readonly user: string
      readonly authProtocol: (typeof AUTH_PROTOCOLS)[number]
      readonly authKey: string
      readonly privProtocol: (typeof PRIV_PROTOCOLS)[number]
      readonly privKey: string
    }
  | { readonly version: 'v2c'; readonly community: string }

export interface SnmpDevice {
  readonly host: string
  readonly port: number
  readonly access: SnmpAccess
}

/** One instance of a column: what follows the column's OID, and the value. */
export interface SnmpCell {
  readonly index: string
  readonly value: number | string | Buffer
}

/** In: a value. Out: as text; addresses and OIDs come as text already. */
export const cellText = (value: SnmpCell['value']): string =>
  Buffer.isBuffer(value) ? value.toString('utf8').replaceAll('\0', '').trim() : String(value)

export interface SnmpReader {
  /** All instances of a column, in order; none when the device has not the column. */
  column(oid: string): Promise<readonly SnmpCell[]>
}

/** Rows of a column: a controller of a large lycée has some hundreds of radio interfaces. */
const MAX_ROWS = 10_000
const MAX_REPETITIONS = 20
/** Probe times given to all that is read of one device: each answer may be in time, and their sum last for hours. */
const WHOLE_READING = 12

/**
 * Reads a device and closes its session. Reads only, and only the columns that `read` names. Errors: `CollectionError` naming
 * the remedy; no secret is told.
 */
export async function withSnmp<T>(
  device: SnmpDevice,
  timeoutMs: number,
  signal: AbortSignal,
  read: (reader: SnmpReader) => Promise<T>,
): Promise<T> {
  const session = open(device, timeoutMs)
  const late = AbortSignal.timeout(timeoutMs * WHOLE_READING)
  const end = AbortSignal.any([signal, late])
  // A socket that breaks fails the request under way too, which tells it.
  session.on('error', () => {})
  try {
    return await read({ column: (oid) => columnOf(session, oid, end) })
  } catch (error) {
    signal.throwIfAborted()
    if (late.aborted) throw tooSlow(device)
    throw told(device, error)
  } finally {
    session.close()
  }
}

const tooSlow = ({ host, port }: SnmpDevice) =>
  new CollectionError(
    `${host}:${port} répond trop lentement en SNMP pour être lu. Vérifiez sa charge, ou allongez « probeSeconds ».`,
    { retryable: false },
  )

function open({ host, port, access }: SnmpDevice, timeoutMs: number): Session {
  const options = { port, timeout: Math.max(200, Math.floor(timeoutMs / 3)), retries: 1 }
  if (access.version === 'v2c') {
    return snmp.createSession(host, access.community, { ...options, version: snmp.Version2c })
  }
  const { user, authProtocol, authKey, privProtocol, privKey } = access
  return snmp.createV3Session(
    host,
    {
      name: user,
      level: snmp.SecurityLevel.authPriv,
      authProtocol: snmp.AuthProtocols[authProtocol],
      authKey,
      privProtocol: snmp.PrivProtocols[privProtocol],
      privKey,
    },
    options,
  )
}

function columnOf(session: Session, oid: string, end: AbortSignal): Promise<readonly SnmpCell[]> {
  const cells: SnmpCell[] = []
  let rows = 0
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('given up'))
    if (end.aborted) return giveUp()
    end.addEventListener('abort', giveUp, { once: true })
    session.subtree(
      oid,
      MAX_REPETITIONS,
      (varbinds: Varbind[]) => {
        for (const varbind of varbinds) {
          const cell = cellOf(varbind, oid)
          if (cell) cells.push(cell)
        }
        rows += varbinds.length
        if (end.aborted) return true
        if (rows > MAX_ROWS) {
          reject(new CollectionError('L’équipement donne plus de 10 000 lignes.', { retryable: false }))
          return true
        }
        return undefined
      },
      (error?: Error | null) => {
        end.removeEventListener('abort', giveUp)
        if (error) reject(error)
        else resolve(cells)
      },
    )
  })
}

function cellOf(varbind: Varbind, column: string): SnmpCell | null {
  if (snmp.isVarbindError(varbind) || !varbind.oid.startsWith(`${column}.`)) return null
  const { value } = varbind
  if (typeof value !== 'number' && typeof value !== 'string' && !Buffer.isBuffer(value)) return null
  return { index: varbind.oid.slice(column.length + 1), value }
}

function told({ host, port, access }: SnmpDevice, error: unknown): unknown {
  if (error instanceof CollectionError) return error
  if (!(error instanceof Error)) return error
  const name = `${host}:${port}`
  if (error.name === 'RequestTimedOutError') {
    const remedy =
      access.version === 'v2c'
        ? 'une communauté fausse reste elle aussi sans réponse'
        : 'vérifiez aussi le compte SNMPv3'
    return new CollectionError(
      `${name} ne répond pas en SNMP. Vérifiez son adresse et que Vigie peut le joindre en UDP ; ${remedy}.`,
      { retryable: true },
    )
  }
  if (access.version === 'v3') {
    return new CollectionError(
      `${name} refuse le compte SNMPv3. Vérifiez le nom, les protocoles et les fichiers des clés.`,
      { retryable: false },
    )
  }
  return new CollectionError(
    `${name} répond mal en SNMP. Vérifiez que ce compte peut lire les objets nommés.`,
    {
      retryable: false,
    },
  )
}
