import { z } from '@hono/zod-openapi'
import { COVERAGES } from '@vigie/collectors'
import { uaiParam } from '../etablissements/schema.ts'

/** Checked by the verb, which reports every fault at once, in the documents of the tools too. */
export const backupReportSchema = z.unknown().openapi('BackupReport', {
  type: 'object',
  required: [
    'uai',
    'repository',
    'tool',
    'collectedAt',
    'covers',
    'plannedIntervalHours',
    'keptInFullDays',
    'remote',
    'transport',
  ],
  properties: {
    uai: { type: 'string', example: '0990001N' },
    repository: { type: 'string', example: 'serveur', description: 'Nom court, jamais une adresse' },
    tool: { type: 'string', enum: ['restic', 'borg', 'generic'] },
    collectedAt: { type: 'string', format: 'date-time', description: 'Instant du relevé' },
    covers: { type: 'array', items: { type: 'string', enum: [...COVERAGES] } },
    plannedIntervalHours: { type: 'number', description: '0 : rien n’est planifié' },
    keptInFullDays: { type: 'number', description: 'Jours pendant lesquels aucune sauvegarde n’est purgée' },
    remote: { type: 'boolean', description: 'Le dépôt est hors du site des données' },
    transport: { type: 'string', enum: ['none', 'ssh', 'tls', 'clear'] },
    centralised: { type: 'boolean' },
    logged: { type: 'boolean' },
    removableOffsite: { type: 'boolean' },
    machines: { type: 'array', items: { type: 'string' } },
    timeZone: { type: 'string', example: 'Europe/Paris', description: 'Obligatoire pour borg' },
    unreadable: { type: 'string', enum: ['locked', 'password', 'unreachable', 'other'] },
    documents: { type: 'object', description: 'Ce qu’écrivent les outils, tel quel' },
  },
})

export const reportQuery = z.object({ dryRun: z.enum(['true', 'false']).default('false') })

const instant = z.iso.datetime().nullable()

export const repositorySchema = z
  .object({
    repository: z.string(),
    tool: z.enum(['restic', 'borg', 'generic']),
    covers: z.array(z.enum(COVERAGES)),
    collectedAt: z.iso.datetime(),
    lastSuccessAt: instant,
    plannedIntervalHours: z.number(),
    seenIntervalHours: z.number().nullable(),
    successRatio: z.number().nullable(),
    versions: z.number().int(),
    sizeBytes: z.number().nullable(),
    encrypted: z.boolean().nullable(),
    remote: z.boolean(),
    transportEncrypted: z.boolean().nullable(),
    centralised: z.boolean().nullable(),
    logged: z.boolean().nullable(),
    removableOffsite: z.boolean().nullable(),
    dataCheckedAt: instant,
    structureCheckedAt: instant,
    checkFailedAt: instant,
    hosts: z.array(z.object({ name: z.string(), lastSuccessAt: z.iso.datetime() })),
  })
  .openapi('BackupRepository')
export type Repository = z.infer<typeof repositorySchema>

const observed = z.object({ key: z.string(), value: z.union([z.number(), z.boolean(), z.string()]) })

export const readingSchema = z
  .object({
    /** False in a dry run, and when a newer report is already known. */
    recorded: z.boolean(),
    repository: repositorySchema.nullable(),
    evidence: z.array(observed),
    notes: z.array(z.string()),
  })
  .openapi('BackupReading')
export type Reading = z.infer<typeof readingSchema>

const followedSchema = repositorySchema.extend({
  silent: z.boolean(),
  sizes: z.array(z.object({ day: z.string(), sizeBytes: z.number() })),
  sizeChange: z.object({ kind: z.enum(['drop', 'growth']), factor: z.number() }).nullable(),
})

export const backupsSchema = z
  .object({
    repositories: z.array(followedSchema),
    /** Machines in service that no repository names. */
    uncovered: z.object({ servers: z.array(z.string()), administrative: z.array(z.string()) }),
  })
  .openapi('Backups')
export type Backups = z.infer<typeof backupsSchema>

export const repositoryParams = uaiParam.extend({
  repository: z.string().min(1).max(80),
})
