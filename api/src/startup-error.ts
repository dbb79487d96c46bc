/** Exit codes of the `vigie` command; every `--help` lists them. */
export const EXIT = { success: 0, negative: 1, usage: 2, environment: 3, internal: 70 } as const

/** What keeps the command from starting, in French with its remedy; the process ends without a stack. */
export class StartupError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number = EXIT.environment) {
    super(message)
    this.exitCode = exitCode
  }
}
