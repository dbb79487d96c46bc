import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { CollectionError } from '../../collector.ts'
import { lineCutter } from './list-lines.ts'
import { listedDomain } from './listed-domain.ts'
import { readTar } from './tar-entries.ts'

/** A name of a category: no separator, so that a file outside the list cannot be named. */
export const CATEGORY = /^[a-z0-9][a-z0-9_-]{0,60}$/i

/** What reading a copy of the lists brought. */
export interface ListReading {
  /** The newest change of the files that were read: the list's own date. */
  readonly changedAt: Date
  /** Categories that the list says are allowed sites (`usage` says `white`, and not `black`). */
  readonly allowing: readonly string[]
}

const FOLDER = 'blacklists'
const MAX_BYTES = 2 * 1_024 ** 3

/** `adult/domains` of `blacklists/adult/domains`, or of `./blacklists/adult/domains`. */
const wanted = (path: string): { category: string; file: string } | null => {
  const [file, category, ...above] = path.split('/').toReversed()
  return above.length <= 2 && category !== undefined && file !== undefined ? { category, file } : null
}

/**
 * Reads categories of a copy of the lists of the université de Toulouse, a folder or a `.tar.gz`, as they stream.
 * In: its path, the categories, what takes each domain. Errors: `CollectionError` naming what is missing.
 */
export async function readList(
  path: string,
  categories: readonly string[],
  take: (category: string, domain: string) => void,
  signal: AbortSignal,
): Promise<ListReading> {
  const found = new Map<string, Date>()
  const usages = new Map<string, string>()
  const domainsOf = (category: string, changedAt: Date) => {
    found.set(category, changedAt)
    return lineCutter((line) => {
      const domain = listedDomain(line)
      if (domain !== null) take(category, domain)
    })
  }
  const kind = await stat(path).catch(() => null)
  if (kind === null) throw missing(path)
  if (kind.isDirectory()) await readFolder(path, categories, domainsOf, usages, signal)
  else await readArchive(path, categories, domainsOf, usages, signal)
  const absent = categories.filter((category) => !found.has(category))
  if (absent.length > 0) {
    throw new CollectionError(
      `La liste de filtrage n’a pas de catégorie ${absent.join(', ')}. Nommez ses dossiers tels quels.`,
      { retryable: false },
    )
  }
  const allowing = categories.filter((category) => {
    const words = (usages.get(category) ?? '').split(/\s+/)
    return words.includes('white') && !words.includes('black')
  })
  const newest = Math.max(...[...found.values()].map((date) => date.getTime()))
  return { changedAt: new Date(newest), allowing }
}

type Opening = (category: string, changedAt: Date) => ReturnType<typeof lineCutter>

async function readFolder(
  path: string,
  categories: readonly string[],
  open: Opening,
  usages: Map<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const inner = await stat(join(path, FOLDER)).catch(() => null)
  const root = inner?.isDirectory() ? join(path, FOLDER) : path
  for (const category of categories) {
    const file = join(root, category, 'domains')
    const held = await stat(file).catch(() => null)
    if (!held?.isFile()) continue
    const lines = open(category, held.mtime)
    for await (const chunk of createReadStream(file, { signal })) lines.feed(chunk as Buffer)
    lines.end()
    usages.set(category, await readFile(join(root, category, 'usage'), 'latin1').catch(() => ''))
  }
}

async function readArchive(
  path: string,
  categories: readonly string[],
  open: Opening,
  usages: Map<string, string>,
  signal: AbortSignal,
): Promise<void> {
  let bytes = 0
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      (chunks: AsyncIterable<Buffer>) =>
        readTar(bounded(chunks), {
          open: (file) => {
            const named = wanted(file.path)
            if (!named || !categories.includes(named.category)) return null
            if (named.file === 'domains') return open(named.category, file.changedAt)
            if (named.file !== 'usage') return null
            return lineCutter((line) =>
              usages.set(named.category, `${usages.get(named.category) ?? ''} ${line.trim()}`),
            )
          },
        }),
      { signal },
    )
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof CollectionError) throw error
    throw new CollectionError(
      'L’archive des listes n’est pas un .tar.gz lisible. Téléchargez-la à nouveau, ou donnez son dossier décompressé.',
      { retryable: false },
    )
  }

  async function* bounded(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > MAX_BYTES) {
        throw new CollectionError('L’archive des listes dépasse 2 Gio une fois décompressée.', {
          retryable: false,
        })
      }
      yield chunk
    }
  }
}

const missing = (path: string) =>
  new CollectionError(
    `La liste de filtrage ${path} ne peut pas être lue. Vérifiez son chemin et les droits du compte de Vigie.`,
    { retryable: false },
  )
