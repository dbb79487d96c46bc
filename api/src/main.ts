import { COMMAND_LINE } from './access/actor.ts'
import { CommanderError, type Command } from 'commander'
import { createFrenchProgram } from './commands/french-help.ts'
import type { OpenContext } from './commands/open-context.ts'
import type { Clock } from './context.ts'
import { AppError } from './errors.ts'
import { readSettings, type Environment } from './settings.ts'
import { EXIT, StartupError } from './startup-error.ts'

export type CommandDefinition = (program: Command, open: OpenContext) => void

const clock: Clock = { now: () => new Date() }

function opener(environment: Environment): OpenContext {
  const settings = () => readSettings(environment)
  const open = async () => {
    const { openDeps } = await import('./open-deps.ts')
    const deps = await openDeps(settings(), clock)
    const ctx = { ...deps, actor: { kind: 'system', id: COMMAND_LINE } as const, requestId: null }
    return { ctx, close: () => deps.db.close() }
  }
  return Object.assign(open, { environment, settings })
}

const EXIT_OF_REFUSAL: Partial<Record<AppError['code'], number>> = {
  not_found: EXIT.negative,
  conflict: EXIT.negative,
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage
  if (error instanceof StartupError) {
    console.error(error.message)
    return error.exitCode
  }
  if (error instanceof AppError) {
    console.error(error.detail)
    for (const fault of error.errors) console.error(`  ${fault.pointer} : ${fault.detail}`)
    return EXIT_OF_REFUSAL[error.code] ?? EXIT.usage
  }
  console.error('Erreur interne. Le détail suit, pour l’assistance.')
  console.error(error)
  return EXIT.internal
}

/**
 * The `vigie` command. In: the environment's variables (`serve` adds what the screens read), what was typed, the
 * commands. Out: the exit code, unless the command set one by `process.exitCode`.
 */
export async function main(
  environment: Environment,
  argv: readonly string[],
  commands: readonly CommandDefinition[],
): Promise<number> {
  const program = createFrenchProgram('vigie').description(
    'Vigie : la conformité CARINE des établissements, vérifiée sur preuves.',
  )
  const open = opener(environment)
  for (const define of commands) define(program, open)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return Number(process.exitCode ?? EXIT.success)
  } catch (error) {
    return report(error)
  }
}
