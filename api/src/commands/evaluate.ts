import { parseUai, refusalOfUai } from '@vigie/rules'
import type { Command } from 'commander'
import { AppError } from '../errors.ts'
import type { EvaluationReport } from '../features/evaluation/evaluate-batch.ts'
import {
  evaluateAll,
  evaluateDue,
  evaluateEtablissements,
} from '../features/evaluation/evaluate-etablissements.ts'
import type { Context } from '../context.ts'
import type { OpenContext } from './open-context.ts'
import { progressBar, type ProgressBar } from './progress-bar.ts'

interface Options {
  readonly uai?: string
  readonly all?: true
  readonly json?: true
}

/** `vigie evaluate`: what the jobs do continuously, on demand. */
export const evaluateCommand = (program: Command, open: OpenContext): void => {
  program
    .command('evaluate')
    .description('évalue la conformité : ce qui est dû (par défaut), un établissement, ou tous')
    .option('--uai <uai>', 'n’évalue que cet établissement')
    .option('--all', 'évalue tous les établissements ouverts')
    .option('--json', 'écrit le bilan en JSON')
    .action(async (options: Options) => {
      if (options.uai !== undefined && options.all) {
        program.error("error: option '--uai' cannot be used with option '--all'")
      }
      const { ctx, close } = await open()
      try {
        const report = await run(ctx, options)
        console.log(options.json ? JSON.stringify(report, null, 2) : inFrench(report))
      } finally {
        await close()
      }
    })
}

async function run(ctx: Context, options: Options): Promise<EvaluationReport> {
  if (options.uai !== undefined) return evaluateOne(ctx, options.uai)
  if (!options.all) return evaluateDue(ctx)
  let bar: ProgressBar | null = null
  try {
    return await evaluateAll(ctx, {
      onProgress: ({ done, total }) => {
        bar ??= progressBar('Évaluation', total)
        bar.update(done)
      },
    })
  } finally {
    ;(bar as ProgressBar | null)?.stop()
  }
}

async function evaluateOne(ctx: Context, text: string): Promise<EvaluationReport> {
  const uai = parseUai(text)
  if (uai === null) throw new AppError('invalid_input', `--uai : ${refusalOfUai(text)}.`)
  const report = await evaluateEtablissements(ctx, [uai])
  if (report.etablissements === 0) {
    throw new AppError('not_found', `Aucun établissement ouvert ne porte l’UAI ${uai}.`)
  }
  return report
}

const inFrench = ({ etablissements, changes }: EvaluationReport): string =>
  `${etablissements.toLocaleString('fr-FR')} établissement${etablissements > 1 ? 's' : ''} évalué${etablissements > 1 ? 's' : ''}, ` +
  `${changes.toLocaleString('fr-FR')} changement${changes > 1 ? 's' : ''} de statut.`
