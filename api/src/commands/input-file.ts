import { statSync } from 'node:fs'
import { AppError } from '../errors.ts'
import { EXIT, StartupError } from '../startup-error.ts'

/** In: a path typed by the user. Out: its size in bytes. Errors: `StartupError` (usage) when it is no readable file. */
export function readableSize(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile()) return stats.size
  throw new StartupError(
    `Le fichier « ${path} » n’existe pas ou n’est pas un fichier. Vérifiez son chemin.`,
    EXIT.usage,
  )
}

/** Runs an import: a file refused as a whole is a « no » (code 1), not a mistyped command (code 2). */
export async function refusingFiles(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid_input') throw error
    throw new StartupError(error.detail, EXIT.negative)
  }
}
