import type { Command } from 'commander'
import type { OpenContext } from './open-context.ts'

/** `vigie migrate`: brings the database to the schema of this version. */
export const migrateCommand = (program: Command, open: OpenContext): void => {
  program
    .command('migrate')
    .description('crée la base ou la met au niveau de cette version ; sans effet quand elle y est déjà')
    .action(async () => {
      const { ctx, close } = await open()
      try {
        const engine = ctx.db.engine === 'pglite' ? 'base embarquée' : 'serveur PostgreSQL'
        console.log(`La base est à jour (${engine}).`)
      } finally {
        await close()
      }
    })
}
