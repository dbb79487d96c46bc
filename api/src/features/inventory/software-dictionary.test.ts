import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { softwareIds } from './software-dictionary.ts'

const WORKER = { role: 'vigie_worker' } as const
const named = (...names: string[]) => names.map((name) => ({ name, version: '1', publisher: '' }))

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const idsOf = (...names: string[]) => db.transact(WORKER, (tx) => softwareIds(tx, db, named(...names)))

describe('the dictionary of software', () => {
  it('gives one identifier to one name, version and publisher, whoever asks', async () => {
    const [first, again, more] = [await idsOf('a', 'b'), await idsOf('b', 'a'), await idsOf('a', 'b', 'c')]
    expect(again).toEqual(first)
    expect(more.slice(0, 2)).toEqual(first)
    expect(new Set(more).size).toBe(3)
  })

  it('does not remember what a transaction that failed had added', async () => {
    const failing = db.transact(WORKER, async (tx) => {
      await softwareIds(tx, db, named('d'))
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    const [id] = await idsOf('d')
    const stored = await db.query(`select id from software where name = 'd'`)
    expect(stored.rows).toEqual([{ id }])
  })

  it('learns the same new software in two transactions together', async () => {
    const [one, two] = await Promise.all([idsOf('e', 'f', 'g'), idsOf('g', 'f', 'e')])
    expect(one).toHaveLength(3)
    expect(two).toEqual(one)
  })
})
