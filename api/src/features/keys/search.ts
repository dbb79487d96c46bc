import { sql, type SQL } from 'drizzle-orm'
import { folded } from '../etablissements/filters.ts'

const WORDS_LIMIT = 8

const escaped = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

/** In: what was typed, and a text expression. Out: the condition that every word stands in it, accents aside. */
export function everyWord(q: string | undefined, text: SQL): SQL[] {
  const words = (q ?? '').split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  const patterns = words.slice(0, WORDS_LIMIT).map((word) => folded(sql`${`%${escaped(word)}%`}::text`))
  return [sql`${folded(text)} like all (array[${sql.join(patterns, sql`, `)}])`]
}
