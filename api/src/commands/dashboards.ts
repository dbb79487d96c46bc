import { CollectionError } from '@vigie/collectors'
import type { Command } from 'commander'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { EXIT, StartupError } from '../startup-error.ts'
import { alignedTable } from './aligned-table.ts'
import { readableSize } from './input-file.ts'
import type { OpenContext } from './open-context.ts'
import { progressBar } from './progress-bar.ts'

interface Options {
  readonly out?: string
  readonly alerting?: string
  readonly publish?: string
  readonly publicUrl?: string
  readonly tokenFile?: string
  readonly json?: true
}

const LOCAL = 'http://127.0.0.1:8600'

function webAddress(option: string, text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  throw new AppError(
    'invalid_input',
    `L’option ${option} attend une adresse complète, par exemple https://grafana.exemple.fr.`,
  )
}

/** `vigie dashboards`: Grafana's dashboards, written as files or published; reads no database. */
export const dashboardsCommand = (program: Command, open: OpenContext): void => {
  program
    .command('dashboards')
    .description('écrit ou publie les tableaux de bord Grafana')
    .option('--out <dossier>', 'écrit un fichier JSON par tableau de bord')
    .option(
      '--alerting <dossier>',
      'écrit les alertes gérées par Grafana et leur destinataire (provisionnement)',
    )
    .option(
      '--publish <adresse>',
      'publie dans ce Grafana, dossier « Vigie » ; jeton dans VIGIE_GRAFANA_TOKEN',
    )
    .option('--token-file <fichier>', 'lit le jeton de Grafana dans ce fichier')
    .option('--public-url <adresse>', `adresse de Vigie dans les liens (VIGIE_PUBLIC_URL, sinon ${LOCAL})`)
    .option('--json', 'écrit le bilan en JSON')
    .action(async (options: Options) => {
      if (!options.out && !options.alerting && !options.publish) {
        throw new AppError('invalid_input', 'Donnez --out, --alerting ou --publish.')
      }
      const given = options.publicUrl ?? open.settings().publicUrl ?? LOCAL
      const publicUrl = webAddress('--public-url', given).href.replace(/\/+$/, '')
      const written = await writeFiles(options, publicUrl)
      const published = options.publish
        ? await publishAll(webAddress('--publish', options.publish), await tokenOf(options, open), publicUrl)
        : []
      report(options, written, published)
    })
}

async function writeFiles({ out, alerting }: Options, publicUrl: string): Promise<string[]> {
  const grafana = await import('@vigie/collectors/grafana')
  const files = [
    ...(out ? grafana.dashboardFiles({ publicUrl }).map((file) => ({ ...file, folder: out })) : []),
    ...(alerting
      ? [
          { folder: alerting, name: 'contact-points.yml', content: grafana.contactPointsYaml() },
          { folder: alerting, name: 'rules.yml', content: grafana.grafanaRulesYaml(publicUrl) },
        ]
      : []),
  ]
  try {
    for (const { folder, name, content } of files) {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, name), content)
    }
  } catch (error) {
    const { path = '' } = error as NodeJS.ErrnoException
    throw new StartupError(
      `Impossible d’écrire « ${path} ». Vérifiez le dossier et ses droits.`,
      EXIT.environment,
    )
  }
  return files.map(({ folder, name }) => join(folder, name))
}

async function tokenOf({ tokenFile }: Options, { environment }: OpenContext): Promise<string> {
  if (tokenFile) readableSize(tokenFile)
  const token = tokenFile ? await readFile(tokenFile, 'utf8') : environment['VIGIE_GRAFANA_TOKEN']
  if (token?.trim()) return token.trim()
  throw new AppError(
    'invalid_input',
    'Il manque le jeton de Grafana : donnez VIGIE_GRAFANA_TOKEN ou --token-file.',
  )
}

async function publishAll(url: URL, token: string, publicUrl: string) {
  const grafana = await import('@vigie/collectors/grafana')
  const bar = progressBar('Publication', grafana.DASHBOARDS.length)
  const published = []
  try {
    await grafana.ensureFolder({ url, token })
    for (const definition of grafana.DASHBOARDS) {
      const dashboard = grafana.assembleDashboard(definition, { publicUrl })
      published.push(await grafana.publishDashboard({ url, token }, dashboard))
      bar.update(published.length)
    }
    return published
  } catch (error) {
    if (error instanceof grafana.GrafanaRefusal) throw new StartupError(error.message, EXIT.negative)
    if (error instanceof CollectionError) throw new StartupError(error.message, EXIT.environment)
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new StartupError(`${url.host} ne répond pas à temps.`, EXIT.environment)
    }
    throw error
  } finally {
    bar.stop()
  }
}

function report(
  options: Options,
  written: readonly string[],
  published: readonly { uid: string; address: string; version: number }[],
): void {
  if (options.json) {
    console.log(JSON.stringify({ written, published }, null, 2))
    return
  }
  for (const path of written) console.log(`Écrit : ${path}`)
  if (published.length > 0) {
    console.log(
      alignedTable(
        ['Tableau de bord', 'Version', 'Adresse'],
        published.map(({ uid, version, address }) => [uid, String(version), address]),
      ),
    )
  }
}
