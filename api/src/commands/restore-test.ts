import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { parseUai } from '@vigie/rules'
import { z } from 'zod'
import {
  canonicalText,
  parseCanonicalText,
  RESULTS,
  type RestoreResult,
} from '../features/restore-tests/canonical-text.ts'
import { isSignedBy, readPublicKey, signingKeyId } from '../secrets/record-signing.ts'
import { EXIT, StartupError } from '../startup-error.ts'
import { readableSize } from './input-file.ts'

interface SignOptions {
  readonly keyFile: string
  readonly uai: string
  readonly by: string
  readonly what: string
  readonly result: RestoreResult
  readonly at: Date
  readonly repository?: string
  readonly minutes?: number
  readonly comment?: string
}

function parseInstant(text: string): Date {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError('Donnez un instant avec son fuseau, par exemple 2026-11-16T08:00:00Z.')
  return instant
}

function parseKnownUai(text: string): string {
  const uai = parseUai(text)
  if (uai === null) throw new InvalidArgumentError('Cet UAI est incorrect.')
  return uai
}

function readPrivateKey(path: string): KeyObject {
  readableSize(path)
  try {
    const key = createPrivateKey(readFileSync(path))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Refused below, in the same words.
  }
  throw new StartupError(
    `« ${path} » n’est pas une clé privée Ed25519. Pour en créer une : openssl genpkey -algorithm ed25519 -out signature.pem`,
    EXIT.usage,
  )
}

/** In: what was tried and the machine's key. Out: the body that the API receives. Errors: `StartupError` (usage). */
function signedBody(options: SignOptions) {
  const key = readPrivateKey(options.keyFile)
  const publicKey = readPublicKey(String(createPublicKey(key).export({ type: 'spki', format: 'pem' })))
  if (publicKey === null) throw new StartupError('Cette clé ne peut pas signer.', EXIT.usage)
  const payload = canonicalText({
    uai: options.uai,
    keyId: signingKeyId(options.uai, publicKey),
    performedAt: options.at,
    performedBy: options.by,
    restored: options.what,
    result: options.result,
    repository: options.repository ?? null,
    durationMinutes: options.minutes ?? null,
    comment: options.comment ?? null,
  })
  const read = parseCanonicalText(payload)
  if (typeof read === 'string')
    throw new StartupError(`Ce test ne peut pas être signé : ${read}.`, EXIT.usage)
  return { payload, signature: sign(null, Buffer.from(payload, 'utf8'), key).toString('base64url') }
}

const verifiable = z.object({ payload: z.string(), signature: z.string(), publicKey: z.string() })

function verifyFile(path: string): boolean {
  readableSize(path)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new StartupError(`« ${path} » n’est pas du JSON bien formé.`, EXIT.usage)
  }
  const read = verifiable.safeParse(content)
  if (!read.success)
    throw new StartupError(`« ${path} » doit porter payload, signature et publicKey.`, EXIT.usage)
  const { payload, signature, publicKey } = read.data
  const raw = readPublicKey(publicKey)
  return raw !== null && isSignedBy(raw, payload, signature)
}

/** `vigie restore-test …`: signs a restore test on the machine that tried it, verifies one anywhere; opens no database. */
export const restoreTestCommand = (program: Command): void => {
  const group = program.command('restore-test').description('signe et vérifie les tests de restauration')
  group
    .command('sign')
    .description('compose le texte d’un test, le signe, et écrit le corps à envoyer à Vigie')
    .requiredOption('--key-file <fichier>', 'clé privée Ed25519 de la machine (PEM)')
    .requiredOption('--uai <uai>', 'établissement', parseKnownUai)
    .requiredOption('--by <fonction>', 'fonction de la personne, ou nom de la tâche ; jamais un nom')
    .requiredOption('--what <texte>', 'ce qui a été restauré')
    .addOption(new Option('--result <résultat>', 'résultat').choices(RESULTS).makeOptionMandatory())
    .requiredOption('--at <instant>', 'instant du test, avec son fuseau', parseInstant)
    .option('--repository <nom>', 'dépôt')
    .option('--minutes <durée>', 'durée', (text) => Number.parseInt(text, 10))
    .option('--comment <texte>', 'commentaire')
    .action((options: SignOptions) => {
      console.log(JSON.stringify(signedBody(options), null, 2))
    })
  group
    .command('verify')
    .argument('<fichier>', 'réponse de l’API pour un test (JSON)')
    .description('dit si la signature est celle du texte (code de sortie 1 sinon)')
    .action((path: string) => {
      if (verifyFile(path)) return console.log('La signature est bien celle de ce texte.')
      console.error('La signature n’est pas celle de ce texte : l’un des deux a été modifié.')
      process.exitCode = EXIT.negative
    })
}
