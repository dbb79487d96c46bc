import { randomUUID } from 'node:crypto'
import { readSyslog } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { commitBatch } from './commit-batch.ts'
import { Tally } from './tally.ts'

const WORKER = { role: 'vigie_worker' } as const
const NOW = '2026-11-16T09:30:00Z'
const clock = aClock(NOW)
let db: Database
let ctx: Context
let uai: string
beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock }))
  uai = await anEtablissement().college().insert(db)
})
afterAll(() => db.close())

async function aSource(more: Partial<typeof schema.logSource.$inferInsert> = {}): Promise<string> {
  const id = randomUUID()
  await db.transact(WORKER, (tx) =>
    tx.insert(schema.logSource).values({
      ...{ id, uai, label: 'Serveur', certificateName: `${id}.exemple.fr` },
      ...{ createdAt: clock.now(), createdBy: randomUUID() },
      ...more,
    }),
  )
  return id
}

type More = { at?: string; text?: string; epoch?: string; host?: string }
const numbered = (sequence: number, more: More = {}) => {
  const { at = NOW, epoch = '1', host = 'srv' } = more
  const { text = 'Failed password for x from 192.0.2.1 port 1 ssh2' } = more
  return readSyslog(
    Buffer.from(
      `<86>1 ${at} ${host} sshd - - [meta sequenceId="${sequence}"][vigie@32473 epoch="${epoch}"] ${text}`,
    ),
  )
}
const commit = (source: string, messages: readonly (ReturnType<typeof readSyslog> | null)[]) => {
  const tally = new Tally()
  for (const message of messages) tally.add(source, message, clock.now().getTime())
  return commitBatch(ctx, tally.take())
}
const hoursOf = (source: string) =>
  db.transact(WORKER, (tx) =>
    tx.select().from(schema.logHour).where(eq(schema.logHour.sourceId, source)).orderBy(schema.logHour.hour),
  )

describe('counts committed', () => {
  it('add up over batches, and count a message sent again once', async () => {
    const source = await aSource()
    await commit(source, [numbered(1), numbered(2), numbered(4)])
    await commit(source, [numbered(2), numbered(3), numbered(5, { text: 'Accepted password for x' })])
    const [hour, ...others] = await hoursOf(source)
    expect(others).toEqual([])
    expect(hour).toMatchObject({ received: 5, structured: 5, loginRefused: 4, loginAccepted: 1 })
    expect(hour).toMatchObject({ missing: 0, repeated: 1 })
  })

  it('go to the hour in which the message was written, unless its clock is wrong', async () => {
    const source = await aSource()
    await commit(source, [
      numbered(1, { at: '2026-11-16T02:10:00Z' }),
      numbered(2, { at: '2020-01-01T00:00:00Z' }),
      numbered(3, { at: '2026-11-17T00:00:00Z' }),
    ])
    expect((await hoursOf(source)).map(({ hour, received }) => [hour.toISOString(), received])).toEqual([
      ['2026-11-16T02:00:00.000Z', 1],
      ['2026-11-16T09:00:00.000Z', 2],
    ])
  })

  it('see a gap in the hour in which it shows', async () => {
    const source = await aSource()
    await commit(source, [numbered(1), numbered(10)])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 2, missing: 8 })
  })

  it('follow one life of rsyslog through all the machines whose messages it relays', async () => {
    const source = await aSource()
    await commit(source, [numbered(1, { host: 'srv' }), numbered(2, { host: 'commutateur' })])
    await commit(source, [numbered(3, { host: 'srv' }), numbered(3, { host: 'srv' })])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 3, missing: 0, repeated: 1 })
  })

  it('hold nothing missing of what a machine sent before its source was declared', async () => {
    const source = await aSource()
    const running = { epoch: String(clock.now().getTime() / 1_000 - 86_400) + '123456' }
    await commit(source, [numbered(5_002, running), numbered(5_001, running)])
    await commit(source, [numbered(4_990, running)])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 3, missing: 0, repeated: 0 })
    await commit(source, [numbered(5_005, running), numbered(4_990, running)])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 4, missing: 2, repeated: 1 })
    const restarted = { epoch: String(clock.now().getTime() / 1_000 + 60) + '123456' }
    await commit(source, [numbered(3, restarted)])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 5, missing: 4, repeated: 1 })
  })

  it('tell what is not well-formed, and what was too long, without losing it', async () => {
    const source = await aSource()
    await commit(source, [readSyslog(Buffer.from('n’importe quoi')), null, numbered(1)])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 3, structured: 1 })
  })

  it('drop what a source put aside or deleted still sends, and keep the others', async () => {
    const [kept, aside, gone] = [await aSource(), await aSource({ disabledAt: clock.now() }), randomUUID()]
    const tally = new Tally()
    for (const source of [kept, aside, gone]) tally.add(source, numbered(1), clock.now().getTime())
    expect([...(await commitBatch(ctx, tally.take()))]).toEqual([kept])
    expect(await hoursOf(aside)).toEqual([])
    expect(await hoursOf(gone)).toEqual([])
    expect(await hoursOf(kept)).toHaveLength(1)
  })

  it('keep neither a name nor an address, nor the text', async () => {
    const source = await aSource()
    const secret = 'personne-secrete'
    await commit(source, [numbered(1, { text: `Failed password for ${secret} from 198.51.100.77 port 1` })])
    const rows = await db.transact(WORKER, async (tx) => [
      await tx.select().from(schema.logHour),
      await tx.select().from(schema.logSequence),
      await tx.select().from(schema.logSource),
    ])
    expect(JSON.stringify(rows)).not.toMatch(/personne-secrete|198\.51\.100\.77|Failed/)
  })

  it('count each message once when two processes commit the same ones at once', async () => {
    const source = await aSource()
    const all = Array.from({ length: 300 }, (_, index) => numbered(index + 1))
    await Promise.all([
      commit(source, all.slice(0, 200)),
      commit(source, all.slice(100)),
      commit(source, all.slice(150, 250)),
    ])
    expect((await hoursOf(source))[0]).toMatchObject({ received: 300, missing: 0, repeated: 200 })
  })
})
