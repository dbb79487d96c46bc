import type { EvidenceKey } from '@vigie/rules'
import { CollectionError, defineCollector, type Collected } from '../../collector.ts'
import { askTransport, type Told, type Transport } from './ask-transport.ts'
import type { LdapBase, LdapConfig } from './config.ts'
import { openConnection, type Connection } from './connection.ts'
import { faultOf } from './fault.ts'
import { readRootDse } from './flavour.ts'
import { gathered, type Findings } from './gathered.ts'
import { measureBranch, measureDirectory } from './measure.ts'
import type { Measured, Scene } from './measured.ts'
import { readOverlays } from './overlays.ts'
import { readDeclared } from './schema-names.ts'

/** Keys that only an open reading gives: they fail together when it cannot be opened. */
const READ_KEYS: readonly EvidenceKey[] = [
  ...(['directory.standard_queries', 'directory.audit_enabled', 'directory.accounts'] as const),
  ...(['directory.private_attributes', 'directory.shared_accounts', 'directory.sync_age'] as const),
  ...(['directory.never_changed_passwords', 'auth.password_cleartext_count'] as const),
  ...(['auth.password_min_length', 'auth.password_change_first_login', 'auth.password_max_age'] as const),
]
/** Of these, those that hold for the whole directory. */
const DIRECTORY_KEYS: ReadonlySet<EvidenceKey> = new Set<EvidenceKey>([
  'directory.audit_enabled',
  'auth.password_min_length',
  'auth.password_change_first_login',
  'auth.password_max_age',
])
const OUTSIDE_KEYS: readonly EvidenceKey[] = [
  ...(['directory.transport_encrypted', 'directory.certificate_days'] as const),
  ...(['directory.cleartext_bind', 'directory.anonymous_bind'] as const),
]

const readKeys = ({ neededAttributes, mail }: LdapConfig): readonly EvidenceKey[] => [
  ...READ_KEYS,
  ...(neededAttributes ? (['directory.unneeded_attributes'] as const) : []),
  ...(mail.students.domains.length > 0 ? (['directory.private_mail_students'] as const) : []),
  ...(mail.staff.domains.length > 0 ? (['directory.private_mail_staff'] as const) : []),
  ...(mail.students.domains.length + mail.staff.domains.length > 0
    ? (['mail.external_forwarding'] as const)
    : []),
]

/** Establishments of a directory, each once. */
export const uaisOf = ({ bases }: LdapConfig): readonly string[] => [
  ...new Set(bases.flatMap(({ uais }) => uais)),
]

/**
 * Looks at one directory: from outside first, without any secret; then with its reading account, over a verified
 * connection only, to count what entries hold without reading it.
 */
export const ldap = defineCollector<LdapConfig>({
  name: 'ldap',
  help: 'Interroge un annuaire LDAP : son ouverture, son chiffrement, sa politique de mots de passe, ce que ses entrées portent.',
  keys: (config) => [...OUTSIDE_KEYS, ...readKeys(config)],
  uais: uaisOf,
  collect: async (config, io, signal): Promise<Collected> => {
    const now = io.now()
    const transport = await askTransport(config, now, signal)
    const outside = outsideMeasures(transport)
    const inside = await readInside(config, transport, now, signal)
    return gathered(config, now, { directory: [...outside, ...inside.directory], branches: inside.branches })
  },
})

const told = (key: EvidenceKey, answer: Told): Measured =>
  typeof answer === 'boolean' ? { key, value: answer } : { key, unknown: sentence(answer.unknown) }

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`

function outsideMeasures({
  certificate,
  tlsFault,
  tlsLate,
  cleartextBind,
  anonymousReading,
}: Transport): readonly Measured[] {
  const fault = certificate ? certificate.fault : tlsFault
  return [
    tlsLate && fault !== null
      ? { key: 'directory.transport_encrypted', unknown: fault }
      : {
          key: 'directory.transport_encrypted',
          value: certificate !== null && certificate.fault === null,
          ...(fault === null ? {} : { note: fault }),
        },
    certificate
      ? {
          key: 'directory.certificate_days',
          value: certificate.days,
          ...(fault === null ? {} : { note: fault }),
        }
      : { key: 'directory.certificate_days', skipped: 'aucun certificat' },
    told('directory.cleartext_bind', cleartextBind),
    told('directory.anonymous_bind', anonymousReading),
  ]
}

async function readInside(
  config: LdapConfig,
  transport: Transport,
  now: Date,
  signal: AbortSignal,
): Promise<Findings> {
  const closed = (reason: string): Findings => ({
    directory: readKeys(config).map((key) => ({ key, unknown: reason })),
    branches: [],
  })
  if (config.account && transport.certificate?.fault !== null) {
    const why = transport.certificate ? transport.certificate.fault : transport.tlsFault
    return closed(
      `Le mot de passe du compte de lecture n’est envoyé que sur une connexion chiffrée et vérifiée : ${why}.`,
    )
  }
  let connection: Connection
  try {
    connection = await openReading(config, transport, signal)
  } catch (error) {
    const fault = faultOf(error, config.url.host)
    if (fault.retryable) throw fault
    return closed(fault.message)
  }
  try {
    const root = await readRootDse(connection)
    if (!root) return closed('L’annuaire ne dit rien de lui-même à ce compte (rootDSE illisible).')
    const declared = await readDeclared(connection, root.schemaDn)
    const overlays = await readOverlays(connection, root)
    const scene = { directory: connection, root, declared, overlays, config, now }
    const branches = []
    for (const base of config.bases) branches.push({ base, measured: await measureOrTell(scene, base) })
    return { directory: await measureDirectory(scene), branches }
  } catch (error) {
    if (error instanceof CollectionError && !error.retryable) return closed(error.message)
    throw error
  } finally {
    await connection.close()
  }
}

/** A branch that cannot be read is its own failure: the others are read all the same. */
async function measureOrTell(scene: Scene, base: LdapBase): Promise<readonly Measured[]> {
  try {
    return await measureBranch(scene, base)
  } catch (error) {
    if (!(error instanceof CollectionError) || error.retryable) throw error
    return readKeys(scene.config)
      .filter((key) => !DIRECTORY_KEYS.has(key))
      .map((key) => ({ key, unknown: error.message }))
  }
}

/** With an account: verified, then bound. Without: as well protected as can be, and nobody in particular. */
async function openReading(
  config: LdapConfig,
  { certificate }: Transport,
  signal: AbortSignal,
): Promise<Connection> {
  const { tls, pauseMs, requestTimeoutMs, account } = config
  const opening = { tls, pauseMs, requestTimeoutMs, signal }
  const connection =
    certificate?.fault === null
      ? await openConnection({ ...opening, url: config.url }, 'verified')
      : await openConnection({ ...opening, url: config.cleartextUrl }, 'clear')
  try {
    if (account && connection.protection === 'verified') await connection.bind(account.dn, account.password)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}
