import type { Command } from 'commander'
import { resealConnectorSecrets } from '../features/connectors/reseal-secrets.ts'
import { resealSeeds } from '../features/master-key/reseal-seeds.ts'
import type { OpenContext } from './open-context.ts'

const HELP = `
Pour remplacer la clé maîtresse : créez la nouvelle, nommez-la dans VIGIE_MASTER_KEY_FILE et l’ancienne dans
VIGIE_FORMER_MASTER_KEY_FILES, redémarrez Vigie, puis lancez cette commande. Gardez l’ancienne clé configurée tant que le
journal qu’elle a scellé doit être vérifié, et que des codes PIN en dépendent.`

/** `vigie cle-maitresse resceller`: seals every seed and connector under the current master key. */
export const masterKeyCommand = (program: Command, open: OpenContext): void => {
  program
    .command('cle-maitresse')
    .description('gère la clé qui scelle les secrets')
    .command('resceller')
    .description(
      'scelle de nouveau les graines et les secrets des connecteurs sous la clé maîtresse actuelle',
    )
    .option('--json', 'écrit le bilan en JSON')
    .addHelpText('after', HELP)
    .action(async (options: { json?: true }) => {
      const { ctx, close } = await open()
      try {
        const report = { ...(await resealSeeds(ctx)), connectors: await resealConnectorSecrets(ctx) }
        console.log(
          options.json
            ? JSON.stringify(report)
            : `${report.resealed} graines et ${report.connectors} connecteurs rescellés. ${report.formerPins} codes PIN passeront sous la nouvelle clé au prochain code accepté.`,
        )
      } finally {
        await close()
      }
    })
}
