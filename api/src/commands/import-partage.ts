import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { importSharing } from '../features/sharing/import-sharing.ts'
import { importGroup } from './import-group.ts'
import { readableSize, refusingFiles } from './input-file.ts'
import type { OpenContext } from './open-context.ts'
import { EXIT } from '../startup-error.ts'

/** `vigie import partage`: an académie’s departures from the default sharing of responsibilities. */
export const importPartageCommand = (program: Command, open: OpenContext): void => {
  importGroup(program)
    .command('partage')
    .description('importe la table de partage des responsabilités d’une ou plusieurs académies')
    .argument('<fichier>', 'fichier CSV en UTF-8 : academie, degre, exigence, responsable')
    .option('--json', 'écrit le bilan en JSON')
    .option('--strict', 'répond par le code 1 dès qu’une ligne est refusée')
    .action((path: string, options: { json?: true; strict?: true }) =>
      refusingFiles(async () => {
        readableSize(path)
        const { ctx, close } = await open()
        try {
          const report = await importSharing(ctx, {
            stream: createReadStream(path),
            fileName: basename(path),
          })
          const { rows, created, updated, unchanged, removed, refusals } = report
          if (options.json) console.log(JSON.stringify(report, null, 2))
          else {
            console.log(
              `${report.fileName} : ${rows} lignes lues ; ${created} créées, ${updated} modifiées, ${unchanged} inchangées, ${removed} retirées, ${refusals.length} refusées.`,
            )
            for (const { line, field, reason } of refusals) console.log(`ligne ${line}, ${field} : ${reason}`)
          }
          if (options.strict && refusals.length > 0) process.exitCode = EXIT.negative
        } finally {
          await close()
        }
      }),
    )
}
