import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { READER, SUFFIX } from './slapd-configuration.ts'

/** Attributes in the manner of a school portal, under an experimental arc: not the official identifiers. */
const ATTRIBUTES = ['ENTPersonProfils', 'ENTPersonDateNaissance', 'ENTPersonAdresse', 'mailForwardingAddress']
const ARC = '1.3.6.1.4.1.99999.77'
const TEXT = '1.3.6.1.4.1.1466.115.121.1.15'

/** Writes the schema that the directories of the suite share. */
export const writeSchema = (directory: string): Promise<void> =>
  writeFile(
    join(directory, 'ent.schema'),
    [
      ...ATTRIBUTES.map(
        (name, index) =>
          `attributetype ( ${ARC}.1.${index + 1} NAME '${name}' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX ${TEXT} )`,
      ),
      `objectclass ( ${ARC}.2.1 NAME 'ENTPerson' SUP inetOrgPerson STRUCTURAL MAY ( ${ATTRIBUTES.join(' $ ')} ) )`,
      `objectclass ( ${ARC}.2.2 NAME 'ENTEleve' SUP ENTPerson STRUCTURAL )`,
      '',
    ].join('\n'),
  )

type Attributes = Readonly<Record<string, string | readonly string[]>>

const entry = (dn: string, attributes: Attributes) =>
  [
    `dn: ${dn}`,
    ...Object.entries(attributes).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`)),
    '',
  ].join('\n')

const branch = (name: string) =>
  entry(`ou=${name},${SUFFIX}`, { objectClass: 'organizationalUnit', ou: name })

/** A person of the school. In: the login, whether a pupil, and what the directory holds beside. */
export const person = (uid: string, pupil: boolean, held: Attributes = {}) =>
  entry(`uid=${uid},ou=personnes,${SUFFIX}`, {
    objectClass: pupil ? 'ENTEleve' : 'ENTPerson',
    uid,
    cn: `Personne ${uid}`,
    sn: 'Exemple',
    ENTPersonProfils: pupil ? 'National_1' : 'National_3',
    ...held,
  })

/** In: the reading account's password, and more entries. Out: the whole directory. */
export const directoryOf = (password: string, ...entries: readonly string[]): string =>
  [
    entry(SUFFIX, { objectClass: ['dcObject', 'organization'], dc: 'college-essai', o: 'Collège d’essai' }),
    branch('personnes'),
    branch('services'),
    branch('politiques'),
    entry(READER, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn: 'vigie',
      userPassword: password,
    }),
    ...entries,
  ].join('\n')

/** A password policy, as the overlay reads it. */
export const policy = (name: string, rules: Attributes) =>
  entry(`cn=${name},ou=politiques,${SUFFIX}`, {
    objectClass: ['device', 'pwdPolicy'],
    cn: name,
    pwdAttribute: 'userPassword',
    ...rules,
  })
