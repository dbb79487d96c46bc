import type { Context } from '../context.ts'
import type { Environment, Settings } from '../settings.ts'

/** What a command works with: the database is open until `close`. */
export interface CommandContext {
  readonly ctx: Context
  close(): Promise<void>
}

/**
 * Opens the database (and migrates it) for a command that needs it. Errors: `StartupError`.
 * Usage: `const { ctx, close } = await open()` then `try { … } finally { await close() }`.
 */
export interface OpenContext {
  (): Promise<CommandContext>
  readonly environment: Environment
  /** Read from the environment. Errors: `StartupError`. */
  settings(): Settings
}
