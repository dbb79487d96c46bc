import { aDatabase } from '../support/database.ts'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { rowsOf } from '@vigie/db'
import { monthKeeper } from '../../db/src/transactions.ts'

it('creates a month once when several processes ask for it together', async () => {
  const db = await aDatabase()
  const processes = Array.from({ length: 6 }, () => monthKeeper(db.asOwner))
  await Promise.all(processes.map((ensure) => ensure('evidence', [new Date('2031-03-15T12:00:00Z')])))
  const partitions = await db.asOwner((tx) =>
    tx.execute(sql`select relname from pg_class where relname = 'evidence_y2031m03'`),
  )
  expect(rowsOf(partitions)).toHaveLength(1)
  await db.close()
})
