import type { Command } from 'commander'
import { AppError } from '../errors.ts'
import { openSource, readCollectFile } from '../features/collection/collect-file.ts'
import { collectSource, readSource } from '../features/collection/collect-source.ts'
import type { CollectionSource } from '../features/collection/collection-source.ts'
import { readText } from '../features/collection/source-files.ts'
import { SECTIONS } from '../features/collection/sections.ts'
import { mailSection } from '../features/collection/sources/mail.ts'
import { prometheusSection } from '../features/collection/sources/prometheus.ts'
import { EXIT } from '../startup-error.ts'
import { showPlan, showReport, showRun } from './collect-output.ts'
import type { OpenContext } from './open-context.ts'

interface Options {
  readonly config?: string
  readonly name?: string
  readonly plan?: true
  readonly dryRun?: true
  readonly json?: true
  readonly headers?: string
}

interface PrometheusOptions extends Options {
  readonly url?: string
  readonly mapping?: string
  readonly bearerTokenFile?: string
  readonly user?: string
  readonly passwordFile?: string
  readonly caFile?: string
}

/** `vigie collect <section>`: what the scheduled jobs do, on demand. */
export const collectCommand = (program: Command, open: OpenContext): void => {
  const collect = program.command('collect').description('collecte des preuves dans un système existant')
  const configured = open.environment['VIGIE_COLLECT_FILE']
  for (const section of SECTIONS) {
    const command = collect.command(section.name).description(section.help)
    if (section === prometheusSection) prometheusOptions(command)
    if (section === mailSection) {
      command.option('--headers <fichier>', 'lit un message d’essai reçu, à la place des serveurs')
    }
    command
      .option('--config <fichier>', 'fichier de collecte (VIGIE_COLLECT_FILE par défaut)')
      .option('--name <nom>', 'cette source seulement')
      .option('--plan', 'montre ce qui serait demandé, sans rien interroger')
      .option('--dry-run', 'montre ce qui serait lu et enregistré, sans rien enregistrer')
      .option('--json', 'écrit le bilan en JSON')
      .action(async (options: Options) => {
        const sources =
          (section === prometheusSection ? await describedPrometheus(options) : null) ??
          (await submitted(options, await sourcesOf(section.name, options, configured)))
        if (options.plan) for (const source of sources) showPlan(source, options.json ?? false)
        else await run(open, sources, options)
      })
  }
}

async function run(open: OpenContext, sources: readonly CollectionSource[], options: Options): Promise<void> {
  const json = options.json ?? false
  const { ctx, close } = await open()
  try {
    for (const source of sources) {
      const failed = options.dryRun
        ? showRun(source, await readSource(ctx, source), json)
        : showReport(await collectSource(ctx, source), json)
      if (failed) process.exitCode = EXIT.negative
    }
  } finally {
    await close()
  }
}

async function sourcesOf(
  section: string,
  { config, name }: Options,
  configured: string | undefined,
): Promise<CollectionSource[]> {
  const file = config ?? configured
  if (!file) {
    throw new AppError(
      'invalid_input',
      section === prometheusSection.name
        ? 'Donnez --url et --mapping, ou un fichier de collecte par --config ou VIGIE_COLLECT_FILE.'
        : 'Donnez un fichier de collecte par --config ou VIGIE_COLLECT_FILE.',
    )
  }
  const sources = (await readCollectFile(file)).filter((source) => source.section === section)
  const wanted = name === undefined ? sources : sources.filter(({ label }) => label === name)
  if (wanted.length > 0) return wanted
  throw new AppError(
    'invalid_input',
    name === undefined
      ? `Le fichier ${file} n’a aucune source dans sa section « ${section} ».`
      : `La section « ${section} » de ${file} n’a pas de source « ${name} ».`,
  )
}

/** In: a message that was submitted, if any. Out: the sources, reading it rather than asking their systems. */
async function submitted(
  { headers }: Options,
  sources: readonly CollectionSource[],
): Promise<readonly CollectionSource[]> {
  if (headers === undefined) return sources
  const [source, other] = sources
  if (!source?.submit || other) {
    throw new AppError(
      'invalid_input',
      'Un message d’essai parle d’un seul domaine : choisissez-le par --name.',
    )
  }
  const message = await readText(headers)
  const { submit } = source
  return [{ ...source, plan: [], run: (io) => submit(message, io) }]
}

const prometheusOptions = (command: Command): Command =>
  command
    .option('--url <adresse>', 'adresse de Prometheus, à la place d’un fichier de collecte')
    .option('--mapping <fichier>', 'correspondance entre requêtes et clés de preuve (JSON)')
    .option('--bearer-token-file <fichier>', 'fichier du jeton')
    .option('--user <compte>', 'compte, avec --password-file')
    .option('--password-file <fichier>', 'fichier du mot de passe')
    .option('--ca-file <fichier>', 'autorité de certification (PEM)')

/** The source that the options describe by themselves, under `--name`; null when they name no address. */
async function describedPrometheus(options: PrometheusOptions): Promise<CollectionSource[] | null> {
  const { url, mapping, user, passwordFile } = options
  if (url === undefined || mapping === undefined) return null
  const described = {
    name: options.name ?? 'prometheus',
    url,
    mapping,
    ...(options.bearerTokenFile === undefined ? {} : { bearerTokenFile: options.bearerTokenFile }),
    ...(options.caFile === undefined ? {} : { tls: { caFile: options.caFile } }),
    ...(user === undefined || passwordFile === undefined ? {} : { basic: { user, passwordFile } }),
  }
  return [await openSource(prometheusSection, described, '.')]
}
