import { openPglite } from './pglite.ts'
import { openPostgresql } from './postgresql.ts'
import type { Database } from './database.ts'

/** Opens the server that `url` names, otherwise the embedded database under `directory`; migrates it. */
export const openDatabase = (options: {
  url?: string | undefined
  directory: string
  poolSize?: number
}): Promise<Database> =>
  options.url
    ? openPostgresql({ url: options.url, ...(options.poolSize ? { poolSize: options.poolSize } : {}) })
    : openPglite({ directory: options.directory })
