import { execFile } from 'node:child_process'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Fictional domains laid out as the université de Toulouse lays out its lists. */
export type Categories = Readonly<Record<string, readonly string[]>>

/** In: an empty directory of the suite's own, categories, the date of the copy. Out: its path. */
export async function aRestrictionList(
  directory: string,
  categories: Categories,
  date: Date,
): Promise<string> {
  for (const [category, domains] of Object.entries(categories)) {
    const folder = join(directory, 'blacklists', category)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'domains'), `${domains.join('\n')}\n`)
    await writeFile(join(folder, 'urls'), '')
    await writeFile(join(folder, 'usage'), category.startsWith('liste_') ? 'white\n' : 'black\n')
    for (const name of ['domains', 'urls', 'usage']) await utimes(join(folder, name), date, date)
  }
  return directory
}

/** The same as the archive that the université gives. In: the directory of a list. Out: its path. */
export async function archived(directory: string, file: string): Promise<string> {
  await promisify(execFile)('tar', ['-C', directory, '-czf', file, 'blacklists'])
  return file
}
