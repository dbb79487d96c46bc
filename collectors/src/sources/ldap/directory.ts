/** One entry as it was answered; names of attributes in lower case. */
export interface Entry {
  readonly dn: string
  readonly values: ReadonlyMap<string, readonly string[]>
}

export interface Search {
  readonly scope: 'base' | 'sub'
  readonly filter: string
  /** Attributes asked for: never those of private life, which are only counted. */
  readonly attributes: readonly string[]
}

/** What the measures ask of a directory. */
export interface Directory {
  /** Entries that match, none when the base does not exist. */
  search(base: string, search: Search): Promise<readonly Entry[]>
  /** How many entries match, without any of their attributes. */
  count(base: string, filter: string): Promise<number>
  /** Whether an entry matches. */
  exists(base: string, filter: string): Promise<boolean>
  /** Whether anything under this base, itself apart, shows itself. */
  showsBeneath(base: string): Promise<boolean>
}

/** First value of an attribute. */
export const valueOf = (entry: Entry | undefined, attribute: string): string | undefined =>
  entry?.values.get(attribute.toLowerCase())?.[0]

export const valuesOf = (entry: Entry | undefined, attribute: string): readonly string[] =>
  entry?.values.get(attribute.toLowerCase()) ?? []

/** The entry at a DN, undefined when it does not exist or does not show itself. */
export const entryAt = async (
  directory: Directory,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> =>
  (await directory.search(dn, { scope: 'base', filter: '(objectClass=*)', attributes }))[0]
