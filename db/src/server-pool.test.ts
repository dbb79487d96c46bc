import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase } from '@vigie/test/support/database.ts'
import { openPostgresql } from './postgresql.ts'
import { rowsOf, type Database, type Tx } from './database.ts'

const AWAY = { name: 'DatabaseAwayError', code: 'DATABASE_AWAY' }
const migrated = inject('migrated')

describe.runIf(migrated.engine === 'postgresql')('connections to a server', () => {
  let db: Database

  beforeAll(async () => {
    db = await aDatabase()
    await db.query('create table noted (word text)')
  })
  afterAll(() => db.close())

  const backendOf = async (tx: Tx) =>
    rowsOf<{ pid: number }>(await tx.execute(sql`select pg_backend_pid() as pid`))[0]!.pid
  const terminate = (pid: number) => db.query('select pg_terminate_backend($1)', [pid])
  const noted = async () => (await db.query('select word from noted')).rows.map(({ word }) => word)

  it('sends nothing more of a transaction that was cut between two statements, and keeps nothing of it', async () => {
    const cut = db.asOwner(async (tx) => {
      await tx.execute(sql`insert into noted values ('before')`)
      await terminate(await backendOf(tx))
      await pause(50)
      await tx.execute(sql`insert into noted values ('after')`)
    })
    await expect(cut).rejects.toMatchObject(AWAY)
    expect(await noted()).toEqual([])
  })

  it('says that the database is away when a statement under way is cut, whoever catches it', async () => {
    const cut = db.asOwner(async (tx) => {
      const pid = await backendOf(tx)
      const slow = tx.execute(sql`select pg_sleep(20)`)
      await pause(50)
      await terminate(pid)
      await slow.catch(() => {})
      await pause(50)
      await tx.execute(sql`insert into noted values ('after')`)
    })
    await expect(cut).rejects.toMatchObject(AWAY)
    expect(await noted()).toEqual([])
  })

  it('serves again after every connection was cut while none was asked anything', async () => {
    await Promise.all([1, 2, 3, 4].map(() => db.asOwner((tx) => backendOf(tx))))
    await db.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await pause(100)
    const pids = await Promise.all([1, 2, 3, 4].map(() => db.asOwner((tx) => backendOf(tx))))
    expect(pids).toHaveLength(4)
  })

  it('does not keep a raw text’s failed transaction open', async () => {
    for (let times = 0; times < 10; times += 1)
      await expect(db.query('begin; select 1/0; commit')).rejects.toMatchObject({ code: '22012' })
    await Promise.all(Array.from({ length: 10 }, () => db.query('select 1')))
  })

  it('keeps the role of the verification path whatever the address asks for', async () => {
    const url = new URL(migrated.engine === 'postgresql' ? migrated.url : '')
    url.searchParams.set('options', '-c role=none -c statement_timeout=0')
    const other = await openPostgresql({ url: url.href, migrate: false })
    const [row] = await other.verification.run<{ current_user: string; bound: string }>(
      `select current_user, current_setting('statement_timeout') as bound`,
      [],
    )
    await other.close()
    expect(row).toEqual({ current_user: 'vigie_otp', bound: '2s' })
  })

  it('tells how many are lent and how many wait', async () => {
    const figures = () => db.pools().find(({ pool }) => pool === 'api')!
    const { size } = figures()
    const asked = Array.from({ length: size + 3 }, () =>
      db.asOwner((tx) => tx.execute(sql`select pg_sleep(0.3)`)),
    )
    await pause(150)
    expect(figures()).toEqual({ pool: 'api', size, inUse: size, waiting: 3 })
    await Promise.all(asked)
    expect(figures()).toMatchObject({ inUse: 0, waiting: 0 })
  })

  it('says that the database is away when no server answers', async () => {
    const nowhere = await openPostgresql({ url: 'postgres://vigie@127.0.0.1:1/vigie', migrate: false })
    await expect(nowhere.asOwner((tx) => backendOf(tx))).rejects.toMatchObject(AWAY)
    await expect(nowhere.verification.run('select 1', [])).rejects.toMatchObject(AWAY)
    await nowhere.close()
  })
})
