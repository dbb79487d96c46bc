import { fileURLToPath } from 'node:url'

/** Folder of the migrations that both engines apply. */
export const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))
