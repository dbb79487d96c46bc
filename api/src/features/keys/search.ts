import { sql, type SQL } from 'drizzle-orm'
import { folded } from '../etablissements/filters.ts'

const WORDS_LIMIT = 8

/** In: what was typed, and a text expression. Out: the conditions that every word stands in it, accents aside. */
export function everyWord(q: string | undefined, text: SQL): SQL[] {
  const searched = (q ?? '').split(/\s+/).filter((word) => word !== '')
  return searched
    .slice(0, WORDS_LIMIT)
    .map((word) => sql`strpos(${folded(text)}, ${folded(sql`${word}::text`)}) > 0`)
}
