import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { receiveReport } from '../features/backups/receive-report.ts'
import type { Reading } from '../features/backups/schema.ts'
import { AppError } from '../errors.ts'
import { EXIT, StartupError } from '../startup-error.ts'
import { alignedTable } from './aligned-table.ts'
import { readableSize } from './input-file.ts'
import type { OpenContext } from './open-context.ts'

const MAX_BYTES = 8 * 1024 * 1024

function readReport(path: string): unknown {
  if (readableSize(path) > MAX_BYTES)
    throw new StartupError(`Le relevé « ${path} » dépasse 8 Mio.`, EXIT.negative)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new StartupError(`Le relevé « ${path} » n’est pas du JSON bien formé.`, EXIT.negative)
  }
}

function describe({ recorded, repository, evidence, notes }: Reading): string {
  const lines = [
    recorded ? 'Relevé enregistré.' : 'Rien n’a été enregistré.',
    ...(repository
      ? [
          `Dépôt « ${repository.repository} » : ${repository.versions} versions, dernier succès ${repository.lastSuccessAt ?? 'jamais'}.`,
        ]
      : []),
    ...notes.map((note) => `- ${note}`),
  ]
  if (evidence.length > 0)
    lines.push(
      '',
      alignedTable(
        ['Clé', 'Valeur'],
        evidence.map(({ key, value }) => [key, String(value)]),
      ),
    )
  return lines.join('\n')
}

/** A report that is refused is a « no » (code 1), not a mistyped command (code 2). */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'invalid_input') return error
  const faults = error.errors.map(({ pointer, detail }) => `  ${pointer} : ${detail}`)
  return new StartupError([error.detail, ...faults].join('\n'), EXIT.negative)
}

/** `vigie backup report`: receives a report from a file, as the API does. */
export const backupCommand = (program: Command, open: OpenContext): void => {
  program
    .command('backup')
    .description('lit ce que disent les outils de sauvegarde')
    .command('report')
    .argument('<fichier>', 'relevé d’un dépôt (JSON)')
    .description('reçoit le relevé d’un dépôt de sauvegarde')
    .option('--dry-run', 'montre ce qui serait lu et enregistré, sans rien enregistrer')
    .option('--json', 'écrit la réponse en JSON')
    .action(async (path: string, options: { dryRun?: true; json?: true }) => {
      const report = readReport(path)
      const { ctx, close } = await open()
      try {
        const reading = await receiveReport(ctx, report, options.dryRun === true)
        console.log(options.json ? JSON.stringify(reading, null, 2) : describe(reading))
      } catch (error) {
        throw refusalOf(error)
      } finally {
        await close()
      }
    })
}
