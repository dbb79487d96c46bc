import { describe, expect, it } from 'vitest'
import type { LdapConfig } from './config.ts'
import type { Directory, Entry } from './directory.ts'
import { readRootDse } from './flavour.ts'
import { measureBranch, measureDirectory } from './measure.ts'
import type { Measured, Scene } from './measured.ts'
import { rulesPasswords } from './overlays.ts'

const DOMAIN = 'DC=college,DC=exemple,DC=fr'
const NOW = new Date('2026-11-16T09:00:00Z')
/** 100 ns since 1601 of 2025-09-01T08:00:00Z and of 2026-01-05T08:00:00Z. */
const [SEPTEMBER, JANUARY] = ['134011872000000000', '134120736000000000']

const entry = (dn: string, values: Readonly<Record<string, readonly string[]>>): Entry => ({
  dn,
  values: new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value])),
})

const ROOT = entry('', {
  defaultNamingContext: [DOMAIN],
  namingContexts: [DOMAIN, `CN=Configuration,${DOMAIN}`],
  supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670'],
  supportedControl: ['1.2.840.113556.1.4.319'],
  subschemaSubentry: [`CN=Aggregate,CN=Schema,CN=Configuration,${DOMAIN}`],
})
const DOMAIN_POLICY = entry(DOMAIN, { minPwdLength: ['7'], maxPwdAge: ['-36288000000000'] })
const FINE_POLICY = entry(`CN=Direction,CN=Password Settings Container,CN=System,${DOMAIN}`, {
  'msDS-MinimumPasswordLength': ['14'],
  'msDS-MaximumPasswordAge': ['-9223372036854775808'],
})
const PASSWORDS = [
  entry('CN=a', { pwdLastSet: ['0'], whenCreated: ['20250901080000.0Z'] }),
  entry('CN=b', { pwdLastSet: [SEPTEMBER], whenCreated: ['20250901080000.0Z'] }),
  entry('CN=c', { pwdLastSet: [JANUARY], whenCreated: ['20250901080000.0Z'] }),
]

/** Answers written by hand from the documentation of the protocol: no such directory runs with these tests. */
const written = (asked: string[] = []): Directory => {
  const search: Directory['search'] = (base, { filter, attributes }) => {
    asked.push(filter)
    if (base === '') return Promise.resolve([ROOT])
    if (filter.includes('domainDNS')) return Promise.resolve([DOMAIN_POLICY, FINE_POLICY])
    if (attributes.includes('pwdLastSet')) return Promise.resolve(PASSWORDS)
    if (attributes.includes('whenChanged')) {
      return Promise.resolve([entry('CN=a', { whenChanged: ['20261116030000.0Z'] })])
    }
    if (attributes.includes('attributeTypes')) {
      return Promise.resolve([
        entry(base, { attributeTypes: ["( 1.2.3 NAME 'homePhone' )", "( 1.2.4 NAME 'sAMAccountName' )"] }),
      ])
    }
    return Promise.resolve([])
  }
  const count: Directory['count'] = (_, filter) => {
    asked.push(filter)
    if (filter.includes('803:=128')) return Promise.resolve(2)
    if (filter.includes('sAMAccountName=salle')) return Promise.resolve(4)
    return Promise.resolve(filter.includes('homePhone') ? 0 : 120)
  }
  return {
    search,
    count,
    exists: (_, filter) => {
      asked.push(filter)
      return Promise.resolve(!/homePhone=\*\)\)+$/.test(filter) || filter.includes('(!(homePhone'))
    },
    showsBeneath: () => Promise.resolve(false),
  }
}

const CONFIG: LdapConfig = {
  label: 'AD',
  url: new URL('ldaps://dc.exemple.fr'),
  cleartextUrl: new URL('ldap://dc.exemple.fr:389'),
  tls: {},
  account: null,
  bases: [{ dn: DOMAIN, uais: ['0990001N'] }],
  privateAttributes: ['homePhone'],
  sharedLogins: ['salle*'],
  mail: {
    attribute: 'mail',
    forwardingAttributes: [],
    students: { filter: '(a=b)', domains: [] },
    staff: { filter: '(a=b)', domains: [] },
  },
  sync: {},
  pauseMs: 0,
  requestTimeoutMs: 1_000,
}

async function sceneOf(directory: Directory): Promise<Scene> {
  const root = await readRootDse(directory)
  if (!root) throw new Error('no rootDSE')
  return {
    directory,
    root,
    config: CONFIG,
    now: NOW,
    overlays: null,
    declared: { names: new Set(['homephone', 'samaccountname']), filled: [] },
  }
}
const byKey = (measured: readonly Measured[]) =>
  Object.fromEntries(
    measured.map((one) => [one.key, 'value' in one ? one.value : 'skipped' in one ? 'skipped' : 'unknown']),
  )

describe('a directory that says it is an Active Directory', () => {
  it('is read in its own domain, with its own attributes', async () => {
    const { root } = await sceneOf(written())
    expect(root).toMatchObject({ kind: 'active_directory', namingContexts: [DOMAIN] })
    expect(rulesPasswords(root, null)).toBe(false)
  })

  it('gives the weakest of the domain’s policy and of the finer ones; it cannot tell first sign-in nor audit', async () => {
    expect(byKey(await measureDirectory(await sceneOf(written())))).toEqual({
      'auth.password_min_length': 7,
      'auth.password_max_age': 0,
      'auth.password_change_first_login': 'skipped',
      'directory.audit_enabled': 'skipped',
    })
  })

  it('counts enabled accounts, reversible passwords, shared logins and passwords that were never changed', async () => {
    const asked: string[] = []
    const measured = byKey(
      await measureBranch(await sceneOf(written(asked)), { dn: DOMAIN, uais: ['0990001N'] }),
    )
    expect(measured).toMatchObject({
      'directory.accounts': 120,
      'auth.password_cleartext_count': 2,
      'directory.never_changed_passwords': 2,
      'directory.shared_accounts': 4,
      'directory.private_attributes': 0,
      'directory.sync_age': 6,
    })
    expect(asked.filter((filter) => filter.includes('objectCategory=person')).length).toBeGreaterThan(3)
    expect(asked.join('')).toContain('(!(userAccountControl:1.2.840.113556.1.4.803:=2))')
  })
})
