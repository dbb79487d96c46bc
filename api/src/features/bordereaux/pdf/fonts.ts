import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sfntOf } from './woff.ts'

const require = createRequire(import.meta.url)

const load = (subset: string, weight: number) =>
  sfntOf(
    readFileSync(
      require.resolve(
        `@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-${subset}-${weight}-normal.woff`,
      ),
    ),
  )

export type Weight = 'regular' | 'bold'

const WEIGHTS: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 }

export interface FontFile {
  readonly name: string
  readonly content: Buffer
}

const cache = new Map<Weight, readonly FontFile[]>()

/** Files that draw one weight, in the order in which a character looks for its glyph. Read once. */
export function fontFiles(weight: Weight): readonly FontFile[] {
  const known = cache.get(weight)
  if (known) return known
  const files = ['latin', 'latin-ext'].map((subset) => ({
    name: `${weight}-${subset}`,
    content: load(subset, WEIGHTS[weight]),
  }))
  cache.set(weight, files)
  return files
}
