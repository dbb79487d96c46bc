import {
  FORWARDING_ATTRIBUTES,
  PRIVATE_ATTRIBUTES,
  SHARED_LOGINS,
  STAFF_FILTER,
  STUDENTS_FILTER,
  isFilter,
  ldap,
  plannedRequests,
  runCollector,
  type LdapBase,
  type LdapConfig,
} from '@vigie/collectors'
import { z } from 'zod'
import { defineSection } from '../collection-source.ts'
import { path, longestSecondsOf, runOptionsOf, sourceFields } from '../source-fields.ts'
import { readOptional, readSecret } from '../source-files.ts'
import { addressField, uaiField } from './etablissement-fields.ts'

const text = z.string().min(1).max(500)
const attribute = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'attendu un nom d’attribut LDAP, par exemple homePhone')
const attributes = z.array(attribute).max(500)
const filter = text.refine(isFilter, 'attendu un filtre LDAP, par exemple (objectClass=person)')
const domain = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'attendu un nom de domaine, par exemple college-exemple.fr')
const mailRule = (persons: string) =>
  z
    .strictObject({ filter: filter.default(persons), domains: z.array(domain).max(50).default([]) })
    .prefault({})

const schema = z.strictObject({
  ...sourceFields('23 3 * * *'),
  timeoutSeconds: z.number().min(1).max(7_200).default(300),
  label: z.string().min(1).max(60).optional(),
  url: addressField('url', /^ldaps?$/),
  cleartextUrl: addressField('cleartextUrl', /^ldap$/).optional(),
  tls: z
    .strictObject({
      caFile: path.optional(),
      certFile: path.optional(),
      keyFile: path.optional(),
      serverName: z.hostname().optional(),
    })
    .default({}),
  account: z.strictObject({ dn: text, passwordFile: path }).optional(),
  bases: z
    .array(
      z.strictObject({ dn: text, uais: z.array(uaiField).min(1).max(2_000), filter: filter.optional() }),
      { error: 'bases : attendu un tableau { dn, uais, filter }' },
    )
    .min(1, 'bases : au moins une branche est attendue')
    .max(2_000),
  accounts: filter.optional(),
  loginAttribute: attribute.optional(),
  privateAttributes: attributes.default([...PRIVATE_ATTRIBUTES]),
  neededAttributes: attributes.optional(),
  sharedLogins: z
    .array(z.string().min(1).max(100))
    .max(1_000)
    .default([...SHARED_LOGINS]),
  mail: z
    .strictObject({
      attribute: attribute.default('mail'),
      forwardingAttributes: attributes.default([...FORWARDING_ATTRIBUTES]),
      students: mailRule(STUDENTS_FILTER),
      staff: mailRule(STAFF_FILTER),
    })
    .prefault({}),
  sync: z.strictObject({ author: text.optional(), marker: text.optional() }).default({}),
  requestsPerSecond: z.number().min(1).max(200).default(20),
  requestTimeoutSeconds: z.number().min(1).max(120).default(15),
})

type Described = z.output<typeof schema>

/** Where a bind in clear is tried: the plain port of the same host, unless told. */
function cleartextOf(url: URL, given: string | undefined): URL {
  if (given !== undefined) return new URL(given)
  return url.protocol === 'ldap:' ? url : new URL(`ldap://${url.hostname}:389`)
}

async function configOf(source: Described, directory: string): Promise<LdapConfig> {
  const url = new URL(source.url)
  const { caFile, certFile, keyFile, serverName } = source.tls
  const ca = await readOptional(directory, caFile)
  const cert = await readOptional(directory, certFile)
  const key = await readOptional(directory, keyFile)
  const [first, ...others] = source.bases.map(branchOf)
  if (!first) throw new RangeError('a directory without branch')
  return {
    label: source.label ?? source.name,
    url,
    cleartextUrl: cleartextOf(url, source.cleartextUrl),
    tls: {
      ...(ca === null ? {} : { ca }),
      ...(cert === null ? {} : { cert }),
      ...(key === null ? {} : { key }),
      ...(serverName === undefined ? {} : { serverName }),
    },
    account: source.account
      ? { dn: source.account.dn, password: await readSecret(directory, source.account.passwordFile) }
      : null,
    bases: [first, ...others],
    ...(source.accounts === undefined ? {} : { accounts: source.accounts }),
    ...(source.loginAttribute === undefined ? {} : { loginAttribute: source.loginAttribute }),
    privateAttributes: source.privateAttributes,
    ...(source.neededAttributes === undefined ? {} : { neededAttributes: source.neededAttributes }),
    sharedLogins: source.sharedLogins,
    mail: source.mail,
    sync: {
      ...(source.sync.author === undefined ? {} : { author: source.sync.author }),
      ...(source.sync.marker === undefined ? {} : { marker: source.sync.marker }),
    },
    pauseMs: 1_000 / source.requestsPerSecond,
    requestTimeoutMs: source.requestTimeoutSeconds * 1_000,
  }
}

const branchOf = (base: Described['bases'][number]): LdapBase => ({
  dn: base.dn,
  uais: base.uais,
  ...(base.filter === undefined ? {} : { filter: base.filter }),
})

/** Section `ldap`: one directory, its branches, and the establishments that each informs. */
export const ldapSection = defineSection({
  name: 'ldap',
  help: 'interroge un annuaire LDAP : ouverture, chiffrement, mots de passe, contenu compté sans être lu',
  schema,
  open: async (source, directory) => {
    const config = await configOf(source, directory)
    return {
      section: 'ldap',
      label: source.name,
      name: `ldap:${source.name}`,
      cron: source.cron,
      longestSeconds: longestSecondsOf(source),
      address: config.url.host,
      plan: [
        {
          title: 'Demandes',
          columns: ['Où', 'Demande', 'Pourquoi'],
          rows: plannedRequests(config).map(({ where, request, purpose }) => [where, request, purpose]),
        },
      ],
      run: (io, signal) => runCollector(ldap, config, io, runOptionsOf(source), signal),
    }
  },
})
