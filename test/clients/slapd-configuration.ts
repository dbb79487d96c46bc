import { join } from 'node:path'

export const SUFFIX = 'dc=college-essai,dc=exemple,dc=fr'
export const READER = `cn=vigie,ou=services,${SUFFIX}`

export interface SlapdCertificate {
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

/** What a directory enforces. */
export interface SlapdShape {
  /** Paths of PEM files; null: no encryption at all. */
  readonly certificate: SlapdCertificate | null
  /** Nobody reads without naming oneself, nothing passes in clear, changes are logged, passwords are ruled. */
  readonly hardened: boolean
  /** Attributes that the reading account may not even search. */
  readonly hidden?: readonly string[]
  /** Attributes that it may search, and not read. */
  readonly searched?: readonly string[]
}

const SCHEMA = [
  ...['core', 'cosine', 'inetorgperson', 'nis', 'misc'].map(
    (name) => `include /etc/ldap/schema/${name}.schema`,
  ),
]
const MODULES = ['back_mdb', 'back_monitor', 'accesslog', 'ppolicy', 'syncprov'].map(
  (name) => `moduleload ${name}`,
)

/** In: a directory and what it enforces. Out: the text of its `slapd.conf`. */
export function slapdConfiguration(
  directory: string,
  { certificate, hardened, hidden, searched }: SlapdShape,
): string {
  const tls = certificate
    ? [
        `TLSCACertificateFile ${certificate.ca}`,
        `TLSCertificateFile ${certificate.certificate}`,
        `TLSCertificateKeyFile ${certificate.key}`,
      ]
    : []
  return [
    ...SCHEMA,
    `include ${join(directory, 'ent.schema')}`,
    'modulepath /usr/lib/ldap',
    ...MODULES,
    `pidfile ${join(directory, 'slapd.pid')}`,
    ...tls,
    ...(hardened ? ['disallow bind_anon', 'localSSF 256', 'security simple_bind=128'] : []),
    ...(hardened ? hardenedDatabases(directory, hidden ?? [], searched ?? []) : openDatabases(directory)),
    '',
  ].join('\n')
}

const main = (directory: string) => [
  'database mdb',
  `suffix ${SUFFIX}`,
  `rootdn cn=admin,${SUFFIX}`,
  'rootpw admin-essai',
  `directory ${join(directory, 'data')}`,
]

const openDatabases = (directory: string) => [...main(directory), 'database monitor']

const hardenedDatabases = (directory: string, hidden: readonly string[], searched: readonly string[]) => [
  'access to dn.base="" by users read by * none',
  'access to dn.base="cn=subschema" by users read by * none',
  'database mdb',
  'suffix cn=accesslog',
  `directory ${join(directory, 'log')}`,
  'access to * by * none',
  ...main(directory),
  `limits dn.exact="${READER}" size=unlimited time=60`,
  ...(hidden.length > 0 ? [`access to attrs=${hidden.join(',')} by anonymous auth by * none`] : []),
  ...(searched.length > 0
    ? [`access to attrs=${searched.join(',')} by dn.exact="${READER}" search by * none`]
    : []),
  `access to attrs=userPassword by dn.exact="${READER}" search by anonymous auth by self write by * none`,
  `access to attrs=entry,objectClass,contextCSN,auditContext,createTimestamp,modifyTimestamp,pwdChangedTime,pwdReset by dn.exact="${READER}" read by * none`,
  `access to dn.subtree="ou=politiques,${SUFFIX}" by dn.exact="${READER}" read by * none`,
  `access to * by dn.exact="${READER}" search by * none`,
  'overlay syncprov',
  'overlay ppolicy',
  `ppolicy_default "cn=ordinaire,ou=politiques,${SUFFIX}"`,
  'overlay accesslog',
  'logdb cn=accesslog',
  'logops bind writes',
  'logsuccess FALSE',
]
