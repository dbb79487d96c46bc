import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { KEY_FILE_LIMIT } from '@vigie/collectors'
import type { Command } from 'commander'
import { importKeys } from '../features/key-stock/import-keys.ts'
import type { ImportReport } from '../features/key-stock/schema.ts'
import { importGroup } from './import-group.ts'
import { readableSize, refusingFiles } from './input-file.ts'
import type { OpenContext } from './open-context.ts'
import { progressBar, type ProgressBar } from './progress-bar.ts'
import { readStdin } from './read-stdin.ts'
import { EXIT, StartupError } from '../startup-error.ts'

const SHOWN_REFUSALS = 50
const KEY_SIZES = [16, 24, 32]

interface Options {
  readonly academie: string
  readonly departement?: string
  readonly passwordStdin?: true
  readonly keyFile?: string
  readonly json?: true
  readonly strict?: true
}

/** `vigie import cles`: OTP keys of a manufacturer, PSKC (RFC 6030) or CSV. */
export const importClesCommand = (program: Command, open: OpenContext): void => {
  importGroup(program)
    .command('cles')
    .description('importe des clés OTP (PSKC ou CSV) ; une clé déjà connue n’est jamais modifiée')
    .argument('<fichier>', 'fichier PSKC (RFC 6030), ou CSV en UTF-8 : numero_serie, graine…')
    .requiredOption('--academie <code>', 'académie qui reçoit les clés, par exemple 11')
    .option('--departement <code>', 'département qui les reçoit ; sinon, le stock de l’académie')
    .option('--password-stdin', 'lit sur l’entrée standard le mot de passe qui déchiffre le fichier')
    .option('--key-file <chemin>', 'fichier de la clé prépartagée, en hexadécimal ou en octets')
    .option('--json', 'écrit le bilan en JSON')
    .option('--strict', 'répond par le code 1 dès qu’une ligne est refusée')
    .action((path: string, options: Options) => refusingFiles(() => run(path, options, open)))
}

async function run(path: string, options: Options, open: OpenContext): Promise<void> {
  if (readableSize(path) > KEY_FILE_LIMIT)
    throw new StartupError(`Le fichier « ${path} » dépasse 32 Mio. Découpez-le.`, EXIT.negative)
  const preSharedKey = options.keyFile === undefined ? undefined : await readKey(options.keyFile)
  const password = options.passwordStdin ? await readStdin() : undefined
  const { ctx, close } = await open()
  let bar: ProgressBar | undefined
  try {
    const report = await importKeys(ctx, {
      bytes: new Uint8Array(await readFile(path)),
      fileName: basename(path),
      academie: options.academie,
      departement: options.departement,
      password,
      preSharedKey,
      onProgress: ({ done, total }) => {
        bar ??= progressBar('Clés', total)
        bar.update(done)
      },
    })
    bar?.stop()
    console.log(options.json ? JSON.stringify(report, null, 2) : inFrench(report))
    if (options.strict && report.refused > 0) process.exitCode = EXIT.negative
  } finally {
    bar?.stop()
    await close()
  }
}

/** The key as bytes, or as hexadecimal on one line. Errors: `StartupError`. */
async function readKey(path: string): Promise<Uint8Array> {
  readableSize(path)
  const bytes = new Uint8Array(await readFile(path))
  const text = Buffer.from(bytes).toString('latin1').replaceAll(/[\s:]/g, '')
  const key = /^(?:[0-9a-f]{2})+$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : bytes
  if (KEY_SIZES.includes(key.length)) return key
  throw new StartupError(
    `La clé prépartagée de « ${path} » n’a pas 16, 24 ou 32 octets. Vérifiez ce fichier.`,
    EXIT.usage,
  )
}

function inFrench(report: ImportReport): string {
  const lines = [
    `${report.fileName} : ${report.keys.toLocaleString('fr-FR')} clés lues (${report.format.toUpperCase()}).`,
    `  créées      ${report.created}`,
    `  inchangées  ${report.unchanged}`,
    `  refusées    ${report.refused}`,
    ...report.refusals
      .slice(0, SHOWN_REFUSALS)
      .map(({ line, field, reason }) => `ligne ${line}, ${field} : ${reason}`),
  ]
  if (report.refused > SHOWN_REFUSALS)
    lines.push(`… et ${report.refused - SHOWN_REFUSALS} autres ; la base les garde (import ${report.id}).`)
  return lines.join('\n')
}
