import { resolve } from 'node:path'
import { prometheus, prometheusMappingSchema, runCollector, type PrometheusConfig } from '@vigie/collectors'
import { z } from 'zod'
import { defineSection } from '../collection-source.ts'
import { path, longestSecondsOf, runOptionsOf, sourceFields } from '../source-fields.ts'
import { parseInput, readJson, readOptional, readSecret } from '../source-files.ts'
import { addressField } from './etablissement-fields.ts'

const schema = z.strictObject({
  ...sourceFields('17 * * * *'),
  url: addressField('url', /^https?$/),
  mapping: z.string({ error: 'mapping : attendu le chemin du fichier de correspondance' }).min(1),
  availability: z.boolean({ error: 'availability : attendu true ou false' }).default(true),
  bearerTokenFile: path.optional(),
  basic: z.strictObject({ user: z.string(), passwordFile: path }).optional(),
  tls: z
    .strictObject({ caFile: path.optional(), certFile: path.optional(), keyFile: path.optional() })
    .optional(),
})

type Described = z.output<typeof schema>

async function configOf(source: Described, directory: string): Promise<PrometheusConfig> {
  const file = resolve(directory, source.mapping)
  const mapping = parseInput(prometheusMappingSchema, await readJson(file), file)
  const ca = await readOptional(directory, source.tls?.caFile)
  const cert = await readOptional(directory, source.tls?.certFile)
  const key = await readOptional(directory, source.tls?.keyFile)
  const credentials = await credentialsOf(source, directory)
  return {
    url: new URL(source.url),
    mapping,
    availability: source.availability,
    ...(credentials ? { credentials } : {}),
    tls: { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) },
  }
}

async function credentialsOf({ bearerTokenFile, basic }: Described, directory: string) {
  if (bearerTokenFile) {
    return { kind: 'bearer' as const, token: await readSecret(directory, bearerTokenFile) }
  }
  if (!basic) return null
  return {
    kind: 'basic' as const,
    user: basic.user,
    password: await readSecret(directory, basic.passwordFile),
  }
}

/** Section `prometheus`: one Prometheus, and the mapping from its series to evidence keys. */
export const prometheusSection = defineSection({
  name: 'prometheus',
  help: 'interroge un Prometheus et en tire des preuves, d’après une correspondance',
  schema,
  open: async (source, directory) => {
    const config = await configOf(source, directory)
    return {
      section: 'prometheus',
      label: source.name,
      name: `prometheus:${source.name}`,
      cron: source.cron,
      longestSeconds: longestSecondsOf(source),
      address: config.url.host,
      plan: [
        {
          title: 'Requêtes',
          columns: ['Clé', 'Requête'],
          rows: config.mapping.map(({ key, query }) => [key, query]),
        },
      ],
      run: (io, signal) => runCollector(prometheus, config, io, runOptionsOf(source), signal),
    }
  },
})
