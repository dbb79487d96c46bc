import type { Command } from 'commander'
import { buildDemonstration } from '../features/demonstration/build-demonstration.ts'
import { listDemonstrationAccounts } from '../features/demonstration/people.ts'
import { alignedTable } from './aligned-table.ts'
import type { OpenContext } from './open-context.ts'
import { progressBar, type ProgressBar } from './progress-bar.ts'

/** `vigie demo`: the fictional académie, built by the product's own import, ingestion and evaluation. */
export const demoCommand = (program: Command, open: OpenContext): void => {
  program
    .command('demo')
    .description(
      'construit l’académie de démonstration dans une base vide ; sans effet quand elle y est déjà',
    )
    .option('--json', 'écrit en JSON ce qui a été fait et les comptes')
    .action((options: { json?: true }) => run(open, options.json === true))
}

async function run(open: OpenContext, json: boolean): Promise<void> {
  const { ctx, close } = await open()
  let bar: ProgressBar | undefined
  try {
    const built = await buildDemonstration(ctx, ({ done, total }) => {
      bar ??= progressBar('Démonstration', total)
      bar.update(done)
    })
    bar?.stop()
    const accounts = listDemonstrationAccounts()
    if (json) {
      console.log(JSON.stringify({ built, accounts }, null, 2))
      return
    }
    console.log(
      built ? 'L’académie de démonstration est prête.' : 'L’académie de démonstration était déjà là.',
    )
    const rows = accounts.map(({ login, password, roleLabel, perimeterLabel }) => [
      login,
      password,
      roleLabel,
      perimeterLabel,
    ])
    console.log(alignedTable(['Identifiant', 'Mot de passe', 'Rôle', 'Périmètre'], rows))
  } finally {
    bar?.stop()
    await close()
  }
}
