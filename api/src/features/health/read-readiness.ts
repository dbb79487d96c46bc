import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIGRATIONS } from '@vigie/db'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'

let expected: Promise<number> | null = null

async function countMigrations(): Promise<number> {
  const journal = JSON.parse(await readFile(join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')) as {
    entries: unknown[]
  }
  return journal.entries.length
}

/** The database answers and is at this version's schema. Errors: `unavailable`. */
export async function readReadiness(deps: Deps): Promise<{ status: 'ready' }> {
  const applied = await deps.db
    .query('select count(*)::int as applied from drizzle.__drizzle_migrations')
    .then(({ rows }) => Number(rows[0]?.['applied']))
    .catch(() => {
      throw new AppError('unavailable', 'La base de données ne répond pas.', { retryAfterSeconds: 5 })
    })
  if (applied < (await (expected ??= countMigrations()))) {
    throw new AppError('unavailable', 'La base n’est pas à jour : lancez vigie migrate.')
  }
  return { status: 'ready' }
}
