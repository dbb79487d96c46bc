import type { Client, Entry as RawEntry } from 'ldapts'
import { CollectionError } from '../../collector.ts'
import type { Ask } from './connection.ts'
import type { Directory, Entry, Search } from './directory.ts'
import { RESULT, faultOf, resultCodeOf } from './fault.ts'

/** Entries of one answer. */
const PAGE = 500
const NO_ATTRIBUTE = '1.1'

/** How a directory is read over one connection: page by page, and never an attribute where a count is enough. */
export const readingOf = (client: Client, ask: Ask, host: string): Directory => ({
  search: async (base, search) => {
    const found: Entry[] = []
    try {
      await pages(client, ask, base, search, (entries) => found.push(...entries.map(entryOf)))
    } catch (error) {
      if (resultCodeOf(error) !== RESULT.noSuchObject) throw faultOf(error, host)
    }
    return found
  },
  count: async (base, filter) => {
    let total = 0
    try {
      await pages(client, ask, base, { scope: 'sub', filter, attributes: [NO_ATTRIBUTE] }, (entries) => {
        total += entries.length
      })
    } catch (error) {
      throw hidden(error, base) ?? faultOf(error, host)
    }
    return total
  },
  exists: async (base, filter) => {
    const asked = { scope: 'sub' as const, filter, attributes: [NO_ATTRIBUTE], sizeLimit: 1 }
    try {
      const { searchEntries } = await ask(() => client.search(base, asked))
      return searchEntries.length > 0
    } catch (error) {
      throw hidden(error, base) ?? faultOf(error, host)
    }
  },
  showsBeneath: async (base) => {
    const asked = { scope: 'sub' as const, filter: ANYTHING, attributes: [NO_ATTRIBUTE], sizeLimit: 2 }
    try {
      const { searchEntries } = await ask(() => client.search(base, asked))
      return searchEntries.some(({ dn }) => normal(dn) !== normal(base))
    } catch (error) {
      throw faultOf(error, host)
    }
  },
})

const ANYTHING = '(|(objectClass=*)(cn=*)(uid=*)(sAMAccountName=*)(mail=*))'
const normal = (dn: string) => dn.toLowerCase().replaceAll(/\s*,\s*/g, ',')

const hidden = (error: unknown, base: string) =>
  resultCodeOf(error) === RESULT.noSuchObject
    ? new CollectionError(`La branche ${base} n’existe pas, ou ne se montre pas au compte de lecture.`, {
        retryable: false,
      })
    : null

async function pages(
  client: Client,
  ask: Ask,
  base: string,
  search: Search,
  take: (entries: readonly RawEntry[]) => void,
): Promise<void> {
  const asked = { ...search, attributes: [...search.attributes] }
  if (search.scope === 'base') {
    take((await ask(() => client.search(base, asked))).searchEntries)
    return
  }
  const paginated = client.searchPaginated(base, { ...asked, paged: { pageSize: PAGE } })
  for (;;) {
    const page = await ask(() => paginated.next())
    if (page.done) return
    take(page.value.searchEntries)
  }
}

const entryOf = ({ dn, ...attributes }: RawEntry): Entry => ({
  dn,
  values: new Map(
    Object.entries(attributes).map(([name, value]) => [
      name.toLowerCase(),
      (Array.isArray(value) ? value : [value]).map((item) => item.toString()),
    ]),
  ),
})
