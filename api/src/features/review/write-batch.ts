import { schema, type Tx } from '@vigie/db'
import type { Context } from '../../context.ts'

type BatchRow = typeof schema.reviewBatch.$inferInsert
type Batch = Pick<BatchRow, 'id' | 'academie' | 'kind' | 'reason' | 'decisions' | 'decidedBy'>

/** Writes, in the transaction that decides, the batch by which the decisions are listed and undone. */
export const writeBatch = (tx: Tx, { clock }: Pick<Context, 'clock'>, batch: Batch) =>
  tx.insert(schema.reviewBatch).values({ ...batch, decidedAt: clock.now() })
