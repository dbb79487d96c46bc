import { entryAt, valueOf, valuesOf, type Directory } from './directory.ts'

/** What the directory says of itself (RFC 4512, 5.1). */
export interface RootDse {
  readonly kind: 'openldap' | 'active_directory' | 'other'
  readonly namingContexts: readonly string[]
  readonly controls: ReadonlySet<string>
  readonly schemaDn: string | undefined
  readonly auditContext: string | undefined
  readonly monitorContext: string | undefined
}

const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800'
const OPENLDAP = 'OpenLDAProotDSE'
/** Control that only the password policy overlay brings. */
export const PASSWORD_POLICY_CONTROL = '1.3.6.1.4.1.42.2.27.8.5.1'
const ATTRIBUTES = [
  ...['objectClass', 'namingContexts', 'supportedControl', 'supportedCapabilities', 'subschemaSubentry'],
  ...['auditContext', 'monitorContext', 'defaultNamingContext'],
]

/** Reads the entry that has no name. Out: null when it is not shown. */
export async function readRootDse(directory: Directory): Promise<RootDse | null> {
  const entry = await entryAt(directory, '', ATTRIBUTES)
  if (!entry) return null
  const kind = valuesOf(entry, 'supportedCapabilities').includes(ACTIVE_DIRECTORY)
    ? 'active_directory'
    : valuesOf(entry, 'objectClass').includes(OPENLDAP)
      ? 'openldap'
      : 'other'
  const domain = valueOf(entry, 'defaultNamingContext')
  return {
    kind,
    namingContexts: domain === undefined ? valuesOf(entry, 'namingContexts') : [domain],
    controls: new Set(valuesOf(entry, 'supportedControl')),
    schemaDn: valueOf(entry, 'subschemaSubentry'),
    auditContext: valueOf(entry, 'auditContext'),
    monitorContext: valueOf(entry, 'monitorContext'),
  }
}

/** Accounts and their logins, by kind of directory; those that Active Directory disabled are no accounts. */
export const ACCOUNTS = {
  openldap: { filter: '(|(objectClass=person)(objectClass=posixAccount))', login: 'uid' },
  other: { filter: '(|(objectClass=person)(objectClass=posixAccount))', login: 'uid' },
  active_directory: {
    filter: '(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))',
    login: 'sAMAccountName',
  },
} as const satisfies Record<RootDse['kind'], { filter: string; login: string }>
