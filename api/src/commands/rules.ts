import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alertingYaml, recordingYaml } from '@vigie/collectors'
import { InvalidArgumentError, type Command } from 'commander'
import { EXIT, StartupError } from '../startup-error.ts'
import type { OpenContext } from './open-context.ts'

interface Options {
  readonly out: string
  readonly publicUrl?: string
  readonly json?: true
}

const LOCAL = 'http://127.0.0.1:8600'

function parseAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('Donnez une adresse complète, par exemple https://vigie.exemple.fr.')
}

/** `vigie rules`: the recording and alerting rules, as files of Prometheus; reads no database. */
export const rulesCommand = (program: Command, open: OpenContext): void => {
  program
    .command('rules')
    .description('écrit les règles d’enregistrement et d’alerte de Prometheus')
    .requiredOption('--out <dossier>', 'écrit recording.yml et alerting.yml dans ce dossier')
    .option(
      '--public-url <adresse>',
      `adresse de Vigie dans les liens vers les fiches (VIGIE_PUBLIC_URL, sinon ${LOCAL})`,
      parseAddress,
    )
    .option('--json', 'écrit le bilan en JSON')
    .action(async ({ out, publicUrl, json }: Options) => {
      const address = publicUrl ?? open.settings().publicUrl ?? LOCAL
      const written = await writeRules(out, {
        'recording.yml': recordingYaml(),
        'alerting.yml': alertingYaml(address),
      })
      if (json) console.log(JSON.stringify({ written }, null, 2))
      else for (const path of written) console.log(`Écrit : ${path}`)
    })
}

async function writeRules(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const paths: string[] = []
  try {
    await mkdir(folder, { recursive: true })
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content)
      paths.push(join(folder, name))
    }
    return paths
  } catch (error) {
    const { path = folder } = error as NodeJS.ErrnoException
    throw new StartupError(
      `Impossible d’écrire « ${path} ». Vérifiez le dossier et ses droits.`,
      EXIT.environment,
    )
  }
}
