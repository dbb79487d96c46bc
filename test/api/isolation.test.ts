import { rowsOf, type Database, type Identity, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { operationsOf } from '../support/operations.ts'
import { fillPath, sampleBodies, sampleParams } from './samples.ts'

const AT = '2026-11-10T08:00:00Z'
const SECRET_NAME = 'Collège que nul autre ne voit'

let db: Database
let api: Api
let own: string
let other: string
let head: Credentials
const headOfOwn = (): Identity => ({
  role: 'vigie_app',
  perimeters: [{ kind: 'etablissement', code: own }],
})

/** A value that a column of this type takes; ids follow the establishment, so that references hold. */
function valueFor(column: { name: string; type: string }, uai: string): string {
  if (column.name === 'uai') return uai
  switch (column.type) {
    case 'text':
      return `${column.name} ${uai}`
    case 'uuid':
      return `00000000-0000-4000-8000-00000${uai.slice(0, 7)}`
    case 'jsonb':
    case 'ARRAY':
      return '{}'
    case 'boolean':
      return 'false'
    case 'date':
      return AT.slice(0, 10)
    case 'timestamp with time zone':
      return AT
    default:
      return '1'
  }
}

/** Writes one row about the establishment in every table that has a UAI, those to come included. */
async function fill(uai: string): Promise<void> {
  for (const table of ['evidence', 'journal_entry'] as const) await db.ensureMonths(table, [new Date(AT)])
  const tables = (await tablesWithUai()).filter(
    ({ name, partition }) => !partition && name !== 'etablissement',
  )
  const referredFirst = tables.toSorted((a, b) => Number(b.name === 'machine') - Number(a.name === 'machine'))
  for (const { name } of referredFirst) {
    await db.asOwner(async (tx) => {
      const found =
        await tx.execute(sql`select column_name as name, data_type as type from information_schema.columns
        where table_schema = 'public' and table_name = ${name} and (is_nullable = 'NO' or column_name = 'uai')
          and column_default is null`)
      const columns = rowsOf<{ name: string; type: string }>(found)
      const names = columns.map((column) => sql.identifier(column.name))
      const values = columns.map((column) => valueFor(column, uai))
      await tx.execute(sql`delete from ${sql.identifier(name)} where uai = ${uai}`)
      await tx.execute(
        sql`insert into ${sql.identifier(name)} (${sql.join(names, sql`, `)})
          select ${sql.join(
            columns.map((column, index) => castTo(column.type, values[index]!)),
            sql`, `,
          )}`,
      )
    })
  }
}

/** Arrays come without their element's type: the literal finds it by itself. */
const castTo = (type: string, value: string): SQL =>
  type === 'ARRAY' ? sql.raw(`'${value}'`) : sql`${value}::text::${sql.raw(type)}`

/** Tables that carry a UAI, with their engine's own list of partitions. */
async function tablesWithUai(): Promise<{ name: string; secured: boolean; partition: boolean }[]> {
  const rows = await db.asOwner((tx) =>
    tx.execute(sql`
      select c.relname as name, c.relrowsecurity as secured, c.relispartition as partition
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'uai' and not a.attisdropped
      where c.relkind in ('r', 'p') order by 1`),
  )
  return rowsOf<{ name: string; secured: boolean; partition: boolean }>(rows)
}

/** UAI that a role reads in a table, or the PostgreSQL code of its refusal. */
async function uaisRead(table: string, identity: Identity | 'owner'): Promise<string[] | string> {
  const read = (tx: Tx) =>
    tx.execute(sql`select distinct uai from ${sql.identifier(table)} where uai is not null`)
  try {
    const rows = await (identity === 'owner' ? db.asOwner(read) : db.transact(identity, read))
    return rowsOf<{ uai: string }>(rows).map(({ uai }) => uai)
  } catch (error) {
    return codeOf(error)
  }
}

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return String((cause as { code?: unknown }).code)
}

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  own = await anEtablissement().college().insert(db)
  other = await anEtablissement().college().with({ name: SECRET_NAME }).insert(db)
  await fill(own)
  await fill(other)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: own })
})
afterAll(() => db.close())

describe('a chef d’établissement', () => {
  it('reads his own establishment', async () => {
    expect((await api.request(`/v1/etablissements/${own}`, { as: head })).status).toBe(200)
  })

  it('is refused another one by every route that names it', async () => {
    const routes = operationsOf(api.app).filter(({ path }) => path.includes('{uai}'))
    expect(routes.length).toBeGreaterThan(8)
    for (const route of routes) {
      const json = sampleBodies(other)[route.name]
      const response = await api.request(fillPath(route.path, sampleParams(other)), {
        method: route.method,
        as: head,
        ...(json === undefined ? {} : { json }),
      })
      expect([403, 404], route.name).toContain(response.status)
      expect(await response.text(), route.name).not.toContain(SECRET_NAME)
    }
  })

  it('never reads a word of another one in any list', async () => {
    const lists = operationsOf(api.app).filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    for (const route of lists) {
      const text = await (await api.request(route.path, { as: head })).text()
      expect(text, route.name).not.toContain(other)
      expect(text, route.name).not.toContain(SECRET_NAME)
    }
    const searched = await api.request(`/v1/etablissements?q=${other}`, { as: head })
    expect(await searched.json()).toMatchObject({ total: 0, rows: [] })
  })

  it('finds the same refusal for an establishment that does not exist', async () => {
    const absent = await (await api.request('/v1/etablissements/0999999Z', { as: head })).json()
    const hidden = await (await api.request(`/v1/etablissements/${other}`, { as: head })).json()
    expect(hidden).toEqual(absent)
  })
})

describe('the application’s role', () => {
  it('finds row-level security on every table and partition with a UAI', async () => {
    const tables = await tablesWithUai()
    expect(tables.length).toBeGreaterThan(15)
    expect(tables.filter(({ secured }) => !secured)).toEqual([])
  })

  it('selects no row of another establishment, in any table', async () => {
    for (const { name, partition } of await tablesWithUai()) {
      const everything = await uaisRead(name, 'owner')
      const read = await uaisRead(name, headOfOwn())
      if (!partition) {
        expect(everything, `${name} must hold rows of both, or this proves nothing`).toEqual(
          expect.arrayContaining([own, other]),
        )
      }
      if (partition) {
        expect(read, name).toBe('42501')
        continue
      }
      expect(read, name).not.toContain(other)
      if (Array.isArray(read)) {
        expect(read, name).toEqual([own])
      }
    }
  })

  it('selects nothing without a perimeter', async () => {
    for (const { name } of await tablesWithUai()) {
      const read = await uaisRead(name, { role: 'vigie_app', perimeters: [] })
      expect(Array.isArray(read) ? read : [], name).toEqual([])
    }
  })

  it('inserts no row about another establishment', async () => {
    const at = AT
    const id = '11111111-1111-4111-8111-111111111111'
    const insertions = {
      evidence: sql`insert into evidence (uai, key, value, observed_at, received_at, source, collector)
        values (${other}, 'k', '1', ${at}::timestamptz, ${at}::timestamptz, 's', 'c')`,
      evaluation_due: sql`insert into evaluation_due (uai, due_at) values (${other}, ${at}::timestamptz)`,
      declaration: sql`insert into declaration (id, uai, requirement, verdict, comment, author, declared_at, expires_at)
        values (${id}::uuid, ${other}, 'INF-AUT-13', 'compliant', 'x', ${id}::uuid, ${at}::timestamptz, ${at}::timestamptz)`,
      derogation: sql`insert into derogation (id, uai, requirement, justification, requested_by, requested_at, expires_at)
        values (${id}::uuid, ${other}, 'INF-AUT-13', 'x', ${id}::uuid, ${at}::timestamptz, ${at}::timestamptz)`,
      journal_entry: sql`insert into journal_entry (at, actor_kind, actor_id, action, subject_kind, subject_id, uai, details)
        values (${at}::timestamptz, 'system', 'x', 'x', 'x', 'x', ${other}, '{}')`,
    }
    for (const [table, statement] of Object.entries(insertions)) {
      const refusal = await db
        .transact(headOfOwn(), (tx) => tx.execute(statement))
        .then(() => 'accepted', codeOf)
      expect(refusal, table).toBe('42501')
    }
  })

  it('moves no row of its own onto another establishment, and changes none of another', async () => {
    const moved = await db
      .transact(headOfOwn(), (tx) =>
        tx.execute(sql`update evidence_current set uai = ${other} where uai = ${own}`),
      )
      .then(() => 'accepted', codeOf)
    expect(moved).toBe('42501')
    const changed = await db.transact(headOfOwn(), (tx) =>
      tx.execute(sql`update evidence_current set source = 'forged' where uai = ${other} returning uai`),
    )
    expect(rowsOf(changed)).toEqual([])
  })

  it('reads no credential', async () => {
    for (const table of [
      'account',
      'role_grant',
      'session',
      'api_token',
      'collector_account',
      'sign_in_source',
    ]) {
      const refusal = await db
        .transact(headOfOwn(), (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)}`))
        .then(() => 'accepted', codeOf)
      expect(refusal, table).toBe('42501')
    }
  })
})
