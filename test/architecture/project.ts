import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

const IGNORED = new Set(['node_modules', '.git', '.types', '.svelte-kit', '.vigie', '.runtime', 'build'])

/** Paths, from the root, of the project's files under `directory` that end with one of `endings`. */
export function filesIn(directory: string, ...endings: string[]): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return []
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return filesIn(path, ...endings)
    return endings.some((ending) => entry.name.endsWith(ending)) ? [relative('.', path)] : []
  })
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

export interface Import {
  readonly file: string
  readonly specifier: string
  readonly typeOnly: boolean
}

const IMPORT =
  /^\s*(import|export)\s+(type\s+)?[^'"]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** Every module that the file imports, statically or dynamically. */
export function importsOf(file: string): Import[] {
  return [...read(file).matchAll(IMPORT)].map((match) => ({
    file,
    specifier: (match[3] ?? match[4] ?? match[5])!,
    typeOnly: match[2] !== undefined,
  }))
}
