import { catalogueCommand } from './commands/catalogue.ts'
import { migrateCommand } from './commands/migrate.ts'
import { main, type CommandDefinition } from './main.ts'

const COMMANDS: readonly CommandDefinition[] = [migrateCommand, catalogueCommand]

process.exitCode = await main(process.env, process.argv.slice(2), COMMANDS)
