import { main, type CommandDefinition } from './main.ts'

type Load = () => Promise<CommandDefinition | readonly CommandDefinition[]>

/** Each command by its first word, in the order of the help. Only the one that was typed is loaded. */
const COMMANDS: Readonly<Record<string, Load>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  account: async () => (await import('./commands/account.ts')).accountCommand,
  token: async () => (await import('./commands/token.ts')).tokenCommand,
  journal: async () => (await import('./commands/journal.ts')).journalCommand,
  'cle-maitresse': async () => (await import('./commands/master-key.ts')).masterKeyCommand,
  catalogue: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  import: async () => [
    (await import('./commands/import-annuaire.ts')).importAnnuaireCommand,
    (await import('./commands/import-cles.ts')).importClesCommand,
    (await import('./commands/import-partage.ts')).importPartageCommand,
  ],
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  collect: async () => (await import('./commands/collect.ts')).collectCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  'restore-test': async () => (await import('./commands/restore-test.ts')).restoreTestCommand,
  dashboards: async () => (await import('./commands/dashboards.ts')).dashboardsCommand,
  rules: async () => (await import('./commands/rules.ts')).rulesCommand,
}

/** In: what was typed. Out: the command that it names; all of them for the help, and to suggest a spelling. */
async function commandsFor(typed: readonly string[]): Promise<readonly CommandDefinition[]> {
  const [first = ''] = typed
  const loads = Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]] : Object.values(COMMANDS)
  return (await Promise.all(loads.map((load) => load?.() ?? []))).flat()
}

const typed = process.argv.slice(2)
process.exitCode = await main(process.env, typed, await commandsFor(typed))
