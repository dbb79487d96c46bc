import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export class DirectoryLockedError extends Error {
  readonly directory: string
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(`directory in use by process ${pid}: ${directory}`)
    this.directory = directory
    this.pid = pid
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * The embedded database takes no lock of its own. Makes `directory` when absent and returns the release.
 * A lock left by a dead process is taken over. Errors: `DirectoryLockedError`.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'vigie.lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const descriptor = openSync(path, 'wx')
      writeSync(descriptor, String(process.pid))
      closeSync(descriptor)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number.parseInt(readFileSync(path, 'utf8'), 10)
      if (Number.isInteger(holder) && isAlive(holder)) throw new DirectoryLockedError(directory, holder)
      rmSync(path, { force: true })
    }
  }
  throw new DirectoryLockedError(directory, 0)
}
