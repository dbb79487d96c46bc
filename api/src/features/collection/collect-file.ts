import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  prometheusMappingSchema,
  type PrometheusConfig,
  type PrometheusMapping,
  type RunOptions,
} from '@vigie/collectors'
import { z } from 'zod'
import { AppError } from '../../errors.ts'

/** One Prometheus to read, ready to run. */
export interface PrometheusSource {
  readonly name: string
  /** Five-field cron, UTC. */
  readonly cron: string
  readonly config: PrometheusConfig
  readonly run: RunOptions
}

const path = z.string().min(1)
const CRON_FIELD = String.raw`[\d*,/-]+`

const sourceSchema = z.strictObject({
  name: z
    .string({ error: 'name : attendu un nom court' })
    .regex(/^[a-z0-9-]{1,40}$/, 'name : minuscules, chiffres et tirets, 40 caractères au plus'),
  url: z.url({ protocol: /^https?$/, error: 'url : attendu une adresse http ou https' }),
  mapping: z.string({ error: 'mapping : attendu le chemin du fichier de correspondance' }).min(1),
  cron: z
    .string()
    .regex(
      new RegExp(`^${CRON_FIELD}( ${CRON_FIELD}){4}$`),
      'cron : attendu cinq champs, par exemple « 17 * * * * »',
    )
    .default('17 * * * *'),
  timeoutSeconds: z.number().min(1).max(300).default(30),
  retries: z.number().int().min(0).max(5).default(2),
  availability: z.boolean({ error: 'availability : attendu true ou false' }).default(true),
  bearerTokenFile: path.optional(),
  basic: z.strictObject({ user: z.string(), passwordFile: path }).optional(),
  tls: z
    .strictObject({ caFile: path.optional(), certFile: path.optional(), keyFile: path.optional() })
    .optional(),
})

const fileSchema = z.strictObject({
  prometheus: z
    .array(sourceSchema, { error: 'prometheus : attendu un tableau de sources' })
    .refine(
      (sources) => new Set(sources.map(({ name }) => name)).size === sources.length,
      'prometheus : deux sources portent le même nom',
    ),
})

/** How a command line or a file describes a source; paths are relative to `directory`. */
export type SourceDescription = z.input<typeof sourceSchema>

/**
 * In: the path of the collection file (`VIGIE_COLLECT_FILE`). Out: its sources, their mappings and secrets read.
 * Errors: `invalid_input` naming each fault.
 */
export async function readCollectFile(file: string): Promise<PrometheusSource[]> {
  const parsed = parse(fileSchema, await readJson(file), file)
  return Promise.all(parsed.prometheus.map((source) => openSource(source, dirname(resolve(file)))))
}

/** In: a described source. Out: the same, checked, its mapping and secrets read. Errors: `invalid_input`. */
export async function openSource(
  description: SourceDescription,
  directory: string,
): Promise<PrometheusSource> {
  const source = parse(sourceSchema, description, 'source')
  const textOf = async (name: string) => (await readText(resolve(directory, name))).trim()
  const mapping = await readMapping(resolve(directory, source.mapping))
  const { ca, cert, key } = {
    ca: source.tls?.caFile && (await textOf(source.tls.caFile)),
    cert: source.tls?.certFile && (await textOf(source.tls.certFile)),
    key: source.tls?.keyFile && (await textOf(source.tls.keyFile)),
  }
  const credentials = source.bearerTokenFile
    ? { kind: 'bearer' as const, token: await textOf(source.bearerTokenFile) }
    : source.basic
      ? {
          kind: 'basic' as const,
          user: source.basic.user,
          password: await textOf(source.basic.passwordFile),
        }
      : null
  return {
    name: source.name,
    cron: source.cron,
    config: {
      url: new URL(source.url),
      mapping,
      availability: source.availability,
      ...(credentials ? { credentials } : {}),
      tls: { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) },
    },
    run: { timeoutMs: source.timeoutSeconds * 1_000, retries: source.retries, retryDelayMs: 1_000 },
  }
}

/** In: the path of a mapping file. Errors: `invalid_input` naming each fault. */
export const readMapping = async (file: string): Promise<PrometheusMapping> =>
  parse(prometheusMappingSchema, await readJson(file), file)

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new AppError(
      'invalid_input',
      `Le fichier ${file} ne peut pas être lu. Vérifiez son nom et ses droits.`,
    )
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new AppError('invalid_input', `Le fichier ${file} n’est pas du JSON valide.`)
  }
}

function parse<S extends z.ZodType>(schema: S, input: unknown, name: string): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new AppError('invalid_input', `${name} contient des valeurs incorrectes.`, {
    errors: result.error.issues.map((issue) => ({
      pointer: `/${issue.path.map(String).join('/')}`,
      detail: issue.message,
    })),
  })
}
