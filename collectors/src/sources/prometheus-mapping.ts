import {
  EVIDENCE_KEYS,
  definitionOf,
  isEvidenceKey,
  type EvidenceKey,
  type EvidenceValue,
} from '@vigie/rules'
import { z } from 'zod'

/** How a sample becomes the value of a key, in the key's unit. */
export const TRANSFORMS = {
  none: (sample: number): EvidenceValue => sample,
  bool: (sample: number): EvidenceValue => sample !== 0,
  not_bool: (sample: number): EvidenceValue => sample === 0,
  seconds_to_hours: (sample: number): EvidenceValue => sample / 3_600,
  seconds_to_days: (sample: number): EvidenceValue => sample / 86_400,
  ratio_percent: (sample: number): EvidenceValue => sample / 100,
} as const
export type Transform = keyof typeof TRANSFORMS
const TRANSFORM_NAMES = Object.keys(TRANSFORMS) as [Transform, ...Transform[]]

const entry = z
  .strictObject(
    {
      key: z.enum([...EVIDENCE_KEYS] as [EvidenceKey, ...EvidenceKey[]], {
        error: 'key : attendu une clé de preuve déclarée',
      }),
      query: z.string({ error: 'query : attendu une expression PromQL' }).min(1, 'query : expression vide'),
      transform: z
        .enum(TRANSFORM_NAMES, { error: `transform : attendu ${TRANSFORM_NAMES.join(', ')}` })
        .default('none'),
      uaiLabel: z
        .string()
        .regex(/^[a-zA-Z_]\w*$/, 'uaiLabel : attendu un nom d’étiquette Prometheus')
        .default('uai'),
      source: z.string().min(1).max(200).default('Prometheus'),
    },
    { error: 'attendu : { key, query, transform, uaiLabel, source } et rien d’autre' },
  )
  .superRefine(({ key, transform }, ctx) => {
    const boolean = transform === 'bool' || transform === 'not_bool'
    if (isEvidenceKey(key) && (definitionOf(key).type === 'boolean') !== boolean) {
      ctx.addIssue({
        code: 'custom',
        path: ['transform'],
        message: boolean
          ? `transform : « ${key} » est un nombre, « ${transform} » donne un oui ou non`
          : `transform : « ${key} » est un oui ou non, choisissez bool ou not_bool`,
      })
    }
  })

/** A mapping file: one query per key, over all establishments at once. */
export const prometheusMappingSchema = z
  .array(entry, { error: 'attendu : un tableau d’objets { key, query, … }' })
  .min(1, 'au moins une correspondance est attendue')
  .superRefine((entries, ctx) => {
    const seen = new Set<string>()
    entries.forEach(({ key }, position) => {
      if (seen.has(key)) {
        ctx.addIssue({
          code: 'custom',
          path: [position, 'key'],
          message: `key : « ${key} » a déjà une correspondance`,
        })
      }
      seen.add(key)
    })
  })

export type PrometheusMapping = z.infer<typeof prometheusMappingSchema>
export type PrometheusMappingEntry = PrometheusMapping[number]
