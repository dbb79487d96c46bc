import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { importAnnuaire } from '../features/annuaire/import-annuaire.ts'
import type { ImportReport } from '../features/annuaire/import-report.ts'
import { importGroup } from './import-group.ts'
import { readableSize, refusingFiles } from './input-file.ts'
import type { OpenContext } from './open-context.ts'
import { progressBar } from './progress-bar.ts'
import { EXIT } from '../startup-error.ts'

const SHOWN_REFUSALS = 50

interface Options {
  readonly json?: true
  readonly fermerAbsents?: string
  readonly strict?: true
}

/** `vigie import annuaire`: the open-data annuaire de l’éducation. */
export const importAnnuaireCommand = (program: Command, open: OpenContext): void => {
  importGroup(program)
    .command('annuaire')
    .description(
      'importe l’annuaire de l’éducation (CSV des données ouvertes) : crée, met à jour, ferme, rouvre',
    )
    .argument('<fichier>', 'fichier CSV en UTF-8, colonnes de « fr-en-annuaire-education »')
    .option('--json', 'écrit le bilan en JSON')
    .option('--fermer-absents <academie>', 'ferme les établissements de cette académie absents du fichier')
    .option('--strict', 'répond par le code 1 dès qu’une ligne est refusée')
    .action((path: string, options: Options) => refusingFiles(() => run(path, options, open)))
}

async function run(path: string, options: Options, open: OpenContext): Promise<void> {
  const size = readableSize(path)
  const { ctx, close } = await open()
  const bar = progressBar('Annuaire', size)
  try {
    const report = await importAnnuaire(ctx, {
      stream: createReadStream(path),
      fileName: basename(path),
      onProgress: ({ bytes }) => bar.update(bytes),
      ...(options.fermerAbsents === undefined ? {} : { closeAbsent: options.fermerAbsents }),
    })
    bar.stop()
    console.log(options.json ? JSON.stringify(report, null, 2) : inFrench(report))
    if (options.strict && report.refused > 0) process.exitCode = EXIT.negative
  } finally {
    bar.stop()
    await close()
  }
}

function inFrench(report: ImportReport): string {
  const skipped = Object.entries(report.skipped)
  const outside = skipped.reduce((sum, [, count]) => sum + count, 0)
  const lines = [
    `${report.fileName} : ${report.rows.toLocaleString('fr-FR')} lignes lues.`,
    `  créés       ${report.created}`,
    `  mis à jour  ${report.updated}`,
    `  inchangés   ${report.unchanged}`,
    `  fermés      ${report.closed}`,
    `  rouverts    ${report.reopened}`,
    `  refusés     ${report.refused}`,
    `  hors champ  ${outside}${skipped.length > 0 ? ` (${skipped.map(([label, count]) => `${label} : ${count}`).join(', ')})` : ''}`,
  ]
  for (const { line, field, reason } of report.refusals.slice(0, SHOWN_REFUSALS))
    lines.push(`ligne ${line}, ${field} : ${reason}`)
  if (report.refused > SHOWN_REFUSALS)
    lines.push(
      `… et ${report.refused - SHOWN_REFUSALS} autres lignes refusées ; la base les garde (import ${report.id}).`,
    )
  return lines.join('\n')
}
