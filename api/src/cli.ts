import { accountCommand } from './commands/account.ts'
import { catalogueCommand } from './commands/catalogue.ts'
import { collectCommand } from './commands/collect.ts'
import { dashboardsCommand } from './commands/dashboards.ts'
import { demoCommand } from './commands/demo.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { importAnnuaireCommand } from './commands/import-annuaire.ts'
import { importClesCommand } from './commands/import-cles.ts'
import { importPartageCommand } from './commands/import-partage.ts'
import { journalCommand } from './commands/journal.ts'
import { masterKeyCommand } from './commands/master-key.ts'
import { migrateCommand } from './commands/migrate.ts'
import { rulesCommand } from './commands/rules.ts'
import { serveCommand } from './commands/serve.ts'
import { tokenCommand } from './commands/token.ts'
import { main, type CommandDefinition } from './main.ts'

const COMMANDS: readonly CommandDefinition[] = [
  serveCommand,
  migrateCommand,
  accountCommand,
  tokenCommand,
  journalCommand,
  masterKeyCommand,
  catalogueCommand,
  importAnnuaireCommand,
  importClesCommand,
  importPartageCommand,
  demoCommand,
  evaluateCommand,
  collectCommand,
  dashboardsCommand,
  rulesCommand,
]

process.exitCode = await main(process.env, process.argv.slice(2), COMMANDS)
