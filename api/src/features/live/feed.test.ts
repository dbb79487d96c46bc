import type { Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../../../../test/support/database.ts'
import { depsOn } from '../../../../test/support/deps.ts'
import { openFeed, type Feed } from './feed.ts'
import type { Frame, Traffic } from './schema.ts'

const SCOPE = { academies: ['98'], named: ['98'] }

let db: Database

beforeAll(async () => {
  db = await aDatabase()
})
afterAll(async () => {
  await db.close()
})

/** A feed on a database whose reading of who is attacked, the first part of what stands around, begins with `before`. */
function aFeed(before: () => Promise<void>): Feed {
  const transact: Database['transact'] = async (identity, work) => {
    if (identity.role === 'vigie_worker') await before()
    return db.transact(identity, work)
  }
  return openFeed(depsOn({ ...db, transact }), SCOPE)
}

function told(bytes: Uint8Array): { event: string; data: Traffic | Frame } {
  const [, event, data] = /event: (\w+)\ndata: (.*)/.exec(new TextDecoder().decode(bytes))!
  return { event: event!, data: JSON.parse(data!) as Traffic }
}

const WHOLE = { event: 'traffic', data: { surroundings: { incidents: [], openIncidents: 0 } } }

describe('what one scope is told', () => {
  it('is whole for who comes while the first reader’s picture is being read', async () => {
    const reached = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const feed = aFeed(() => {
      reached.resolve()
      return released.promise
    })
    const first = feed.greeting(null)
    await reached.promise
    const others = [
      feed.greeting(null),
      feed.greeting(Math.floor(Date.parse('2026-11-16T09:00:00Z') / 1_000) - 5),
    ]
    const frame = feed.advance()
    await new Promise((resolve) => setTimeout(resolve, 50))
    released.resolve()
    expect(told(await first)).toMatchObject(WHOLE)
    expect(told(await others[0]!)).toMatchObject(WHOLE)
    expect(told(await others[1]!)).toMatchObject({ ...WHOLE, event: 'frame' })
    expect(told(await frame).event).toBe('frame')
  })

  it('is whole for who comes after a first reading that failed midway', async () => {
    let away = true
    const feed = aFeed(() => (away ? Promise.reject(new Error('away')) : Promise.resolve()))
    await expect(feed.greeting(null)).rejects.toThrow('away')
    away = false
    expect(told(await feed.greeting(null))).toMatchObject(WHOLE)
  })
})
