import type { CollectorRun } from '@vigie/collectors'
import type { Command } from 'commander'
import { AppError } from '../errors.ts'
import { openSource, readCollectFile, type PrometheusSource } from '../features/collection/collect-file.ts'
import {
  collectPrometheus,
  collectorNameOf,
  readPrometheus,
} from '../features/collection/collect-prometheus.ts'
import type { CollectionReport } from '../features/collection/record-collection.ts'
import { EXIT } from '../startup-error.ts'
import { alignedTable } from './aligned-table.ts'
import type { OpenContext } from './open-context.ts'

interface Options {
  readonly url?: string
  readonly mapping?: string
  readonly name: string
  readonly config?: string
  readonly bearerTokenFile?: string
  readonly user?: string
  readonly passwordFile?: string
  readonly caFile?: string
  readonly dryRun?: true
  readonly json?: true
}

/** `vigie collect prometheus`: what the scheduled job does, on demand. */
export const collectCommand = (program: Command, open: OpenContext): void => {
  program
    .command('collect')
    .description('collecte des preuves dans un système existant')
    .command('prometheus')
    .description('interroge un Prometheus et en tire des preuves, d’après une correspondance')
    .option('--url <adresse>', 'adresse de Prometheus')
    .option('--mapping <fichier>', 'correspondance entre requêtes et clés de preuve (JSON)')
    .option('--name <nom>', 'nom de cette source dans Vigie', 'prometheus')
    .option(
      '--config <fichier>',
      'fichier de collecte à la place de --url et --mapping (VIGIE_COLLECT_FILE par défaut)',
    )
    .option('--bearer-token-file <fichier>', 'fichier du jeton')
    .option('--user <compte>', 'compte, avec --password-file')
    .option('--password-file <fichier>', 'fichier du mot de passe')
    .option('--ca-file <fichier>', 'autorité de certification (PEM)')
    .option('--dry-run', 'montre ce qui serait lu et enregistré, sans rien enregistrer')
    .option('--json', 'écrit le bilan en JSON')
    .action(async (options: Options) => {
      const sources = await sourcesOf(options, open.environment['VIGIE_COLLECT_FILE'])
      const { ctx, close } = await open()
      try {
        for (const source of sources) {
          const failed = options.dryRun
            ? showRun(source, await readPrometheus(ctx, source), options)
            : showReport(await collectPrometheus(ctx, source), options)
          if (failed) process.exitCode = EXIT.negative
        }
      } finally {
        await close()
      }
    })
}

async function sourcesOf(options: Options, configured: string | undefined): Promise<PrometheusSource[]> {
  if (options.url !== undefined && options.mapping !== undefined) {
    const basic =
      options.user !== undefined && options.passwordFile !== undefined
        ? { basic: { user: options.user, passwordFile: options.passwordFile } }
        : {}
    const described = {
      name: options.name,
      url: options.url,
      mapping: options.mapping,
      ...(options.bearerTokenFile === undefined ? {} : { bearerTokenFile: options.bearerTokenFile }),
      ...(options.caFile === undefined ? {} : { tls: { caFile: options.caFile } }),
      ...basic,
    }
    return [await openSource(described, '.')]
  }
  const file = options.config ?? configured
  if (!file) {
    throw new AppError(
      'invalid_input',
      'Donnez --url et --mapping, ou un fichier de collecte par --config ou VIGIE_COLLECT_FILE.',
    )
  }
  return readCollectFile(file)
}

function showRun(source: PrometheusSource, run: CollectorRun, options: Options): boolean {
  if (options.json) {
    console.log(JSON.stringify({ source: collectorNameOf(source), ...run }, null, 2))
    return run.outcome === 'failed'
  }
  console.log(`${collectorNameOf(source)} (${source.config.url.host}), essai sans enregistrement\n`)
  console.log('Requêtes :')
  console.log(
    alignedTable(
      ['Clé', 'Requête'],
      source.config.mapping.map(({ key, query }) => [key, query]),
    ),
  )
  console.log(`\nPreuves : ${run.evidence.length}`)
  console.log(
    alignedTable(
      ['UAI', 'Clé', 'Valeur', 'Observée le'],
      run.evidence.map(({ uai, key, value, observedAt }) => [
        uai,
        key,
        String(value),
        observedAt.toISOString(),
      ]),
    ),
  )
  if (run.availability.length > 0) {
    console.log(`\nDisponibilités : ${run.availability.length}`)
    console.log(
      alignedTable(
        ['UAI', 'Service', 'Durée', 'Part'],
        run.availability.map(({ uai, service, span, ratio }) => [uai, service, span, String(ratio)]),
      ),
    )
  }
  for (const { reason, count } of run.ignored) console.log(`Ignoré : ${count} × ${reason}`)
  for (const { keys, reason } of run.failures) console.log(`Échec : ${keys.join(', ')}. ${reason}`)
  return run.outcome === 'failed'
}

function showReport(report: CollectionReport, options: Options): boolean {
  if (options.json) console.log(JSON.stringify(report, null, 2))
  else if (report.outcome === 'failed') {
    console.log(
      `${report.collector} : échec. ${report.error ?? ''} Noté pour ${report.failed} établissement(s).`,
    )
  } else {
    console.log(
      `${report.collector} : ${report.observations} preuves pour ${report.etablissements} établissement(s).` +
        (report.availabilities > 0 ? ` Disponibilités : ${report.availabilities}.` : '') +
        (report.failed > 0 ? ` Échec partiel pour ${report.failed}.` : ''),
    )
    if (report.unknownUais.length > 0) {
      console.log(`UAI absents de l’annuaire : ${report.unknownUais.slice(0, 20).join(', ')}.`)
    }
  }
  return report.outcome === 'failed'
}
