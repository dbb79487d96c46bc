import type { EvidenceKey, EvidenceValue } from '@vigie/rules'
import type { LdapBase, LdapConfig } from './config.ts'
import type { Directory } from './directory.ts'
import { and, not, present } from './filters.ts'
import type { RootDse } from './flavour.ts'
import type { DeclaredAttributes } from './schema-names.ts'

/**
 * What a measure gives: a value, with what it rests on in a few French words; or that it cannot be told, and why: what
 * is not readable is not absent; or that it does not apply here. `names`: what a value counts, so that several branches
 * count each once.
 */
export type Measured =
  | {
      readonly key: EvidenceKey
      readonly value: EvidenceValue
      readonly note?: string
      readonly names?: readonly string[]
    }
  | { readonly key: EvidenceKey; readonly unknown: string }
  | { readonly key: EvidenceKey; readonly skipped: string }

/** An open directory, and what it is asked for. */
export interface Scene {
  readonly directory: Directory
  readonly root: RootDse
  /** Null when the schema does not show itself. */
  readonly declared: DeclaredAttributes | null
  /** Overlays in force; null when they do not show. */
  readonly overlays: readonly string[] | null
  readonly config: LdapConfig
  readonly now: Date
}

/** One branch of it. */
export interface Branch extends Scene {
  readonly base: LdapBase
  /** Filter of the accounts of this branch. */
  readonly accounts: string
}

/** Whether the schema has that attribute; true when the schema is not shown. */
export const isDeclared = ({ declared }: Scene, attribute: string): boolean =>
  declared === null || declared.names.has(attribute.toLowerCase())

/** An attribute that may not be searched matches neither its presence nor its absence (RFC 4511, 4.5.1.7). */
export const isSearchable = ({ directory, base, accounts }: Branch, attribute: string): Promise<boolean> =>
  directory.exists(base.dn, and(accounts, `(|${present(attribute)}${not(present(attribute))})`))

/** What a count over accounts gives, when a filter rests on attributes that may not be searched. */
export async function countWhere(
  branch: Branch,
  attributes: readonly string[],
  filter: string,
): Promise<number | { readonly unreadable: string }> {
  const { directory, base, accounts } = branch
  const found = await directory.count(base.dn, and(accounts, filter))
  if (found > 0) return found
  for (const attribute of attributes) {
    if (isDeclared(branch, attribute) && !(await isSearchable(branch, attribute)))
      return { unreadable: attribute }
  }
  return 0
}

/** Why a count cannot be told, in French. */
export const unsearchable = (attributes: readonly string[]): string =>
  `Le compte de lecture ne peut pas chercher sur ${attributes.join(', ')} : donnez-lui le droit de recherche.`
