import { schema, type Tx } from '@vigie/db'
import { asc, eq } from 'drizzle-orm'
import type { Answer } from './schema.ts'

export type AnswerRow = typeof schema.visitAnswer.$inferSelect

/** Every answer of a visit, in the order in which they came. */
export const answersOf = (tx: Tx, visitId: string): Promise<AnswerRow[]> =>
  tx
    .select()
    .from(schema.visitAnswer)
    .where(eq(schema.visitAnswer.visitId, visitId))
    .orderBy(asc(schema.visitAnswer.receivedAt), asc(schema.visitAnswer.id))

/** In: an answer and the names of accounts. Out: what the API tells of it. */
export const presentAnswer = (row: AnswerRow, nameOf: (id: string) => string): Answer => ({
  id: row.id,
  requirement: row.requirement,
  verdict: row.verdict,
  comment: row.comment,
  answeredAt: row.answeredAt.toISOString(),
  answeredBy: { id: row.answeredBy, name: nameOf(row.answeredBy) },
  receivedAt: row.receivedAt.toISOString(),
})
