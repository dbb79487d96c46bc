import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { anAuthority, type Authority } from './slapd-certificates.ts'
import { READER, SUFFIX, type SlapdCertificate } from './slapd-configuration.ts'
import { directoryOf, person, policy, writeSchema } from './slapd-entries.ts'
import { aSlapd, type SlapdServer } from './slapd-server.ts'

/** Password of the reading account: looked for wherever it must not be. */
export const SECRET = 'Lecture-8f2c-jamais-en-clair'
const HASHED = '{SSHA}c2VsLWVuLWVzc2FpLWVzc2FpLWVzc2Fp'
const CHANGED = { createTimestamp: '20250901080000Z', pwdChangedTime: '20251003080000Z' }

/** Everything that must not be: read without a name, private life, passwords in clear, shared logins, private mail. */
const CARELESS = directoryOf(
  SECRET,
  person('mdurand', true, {
    mail: 'mdurand@courrier-prive.exemple',
    userPassword: 'Soleil2026',
    homePhone: '+33 1 99 00 12 34',
    ENTPersonDateNaissance: '01/02/2012',
  }),
  person('pmartin', false, {
    mail: 'pmartin@courrier-prive.exemple',
    mailForwardingAddress: 'pmartin@ailleurs.exemple',
    userPassword: HASHED,
    homePhone: '+33 1 99 00 56 78',
  }),
  person('salle12', true, { userPassword: '{CLEARTEXT}salle12' }),
)

const CAREFUL_ENTRIES = [
  person('mdurand', true, { mail: 'mdurand@college-essai.exemple.fr', userPassword: HASHED, ...CHANGED }),
  person('pmartin', false, {
    mail: 'pmartin@ac-valmont.exemple.fr',
    mailForwardingAddress: 'pmartin@college-essai.exemple.fr',
    userPassword: HASHED,
    ...CHANGED,
  }),
  policy('ordinaire', {
    pwdMinLength: '12',
    pwdCheckQuality: '2',
    pwdMustChange: 'TRUE',
    pwdMaxAge: '15552000',
  }),
  policy('direction', {
    pwdMinLength: '16',
    pwdCheckQuality: '2',
    pwdMustChange: 'TRUE',
    pwdMaxAge: '7776000',
  }),
]

export interface SlapdSchool {
  readonly authority: Authority
  /** A directory that lets everything be. */
  open(): Promise<SlapdServer>
  /** A directory that enforces what the framework asks. In: its certificate, what hides, more entries. */
  hardened(options?: Partial<Hardened>): Promise<SlapdServer>
  /** A source of the collection file for that directory. */
  describe(server: SlapdServer, uai: string): Record<string, unknown> & { readonly name: string }
  readonly directory: string
}

interface Hardened {
  readonly certificate: SlapdCertificate
  readonly hidden: readonly string[]
  readonly searched: readonly string[]
  readonly entries: readonly string[]
}

/** Directories of one fictional school. In: a directory of the suite's own; `opened` learns each server, for its end. */
export async function aSlapdSchool(directory: string, opened: SlapdServer[]): Promise<SlapdSchool> {
  const authority = await anAuthority(directory)
  const right = await authority.certify('annuaire', 'IP:127.0.0.1', -1, 90)
  await writeFile(join(directory, 'lecture.secret'), `${SECRET}\n`, { mode: 0o600 })
  let count = 0
  const start = async (...args: [Parameters<typeof aSlapd>[1], string]) => {
    count += 1
    const own = join(directory, `annuaire-${count}`)
    await mkdir(own)
    await writeSchema(own)
    const server = await aSlapd(own, ...args)
    opened.push(server)
    return server
  }
  return {
    authority,
    directory,
    open: () => start({ certificate: null, hardened: false }, CARELESS),
    hardened: ({ certificate = right, hidden = [], searched = [], entries = [] } = {}) =>
      start(
        { certificate, hardened: true, hidden, searched },
        directoryOf(SECRET, ...CAREFUL_ENTRIES, ...entries),
      ),
    describe: ({ plain, secure }, uai) => ({
      name: 'college',
      label: 'Collège d’essai',
      url: secure.href,
      cleartextUrl: plain.href,
      tls: { caFile: authority.file },
      account: { dn: READER, passwordFile: 'lecture.secret' },
      bases: [{ dn: SUFFIX, uais: [uai], filter: '(objectClass=ENTPerson)' }],
      neededAttributes: ['uid', 'cn', 'sn', 'mail', 'ENTPersonProfils', 'mailForwardingAddress'],
      mail: {
        students: { domains: ['college-essai.exemple.fr'] },
        staff: { domains: ['college-essai.exemple.fr', 'ac-valmont.exemple.fr'] },
      },
      requestsPerSecond: 200,
      requestTimeoutSeconds: 5,
      retries: 0,
    }),
  }
}
