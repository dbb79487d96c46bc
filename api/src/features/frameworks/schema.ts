import { z } from '@hono/zod-openapi'
import { isRequirementId } from '@vigie/rules'

const frameworkId = z.string({ error: 'id : attendu un nom court' }).regex(/^[a-z][a-z0-9-]{1,39}$/, {
  error: 'id : minuscules, chiffres et tirets, 2 à 40 caractères, en commençant par une lettre',
})
const requirement = z
  .string()
  .refine(isRequirementId, { error: 'exigence inconnue : attendu un identifiant de CARINE' })

export const frameworkParams = z.object({ framework: frameworkId })
const control = z.string().regex(/^[\p{L}_][\p{L}\p{N}._-]{0,79}$/u, {
  error: 'mesure : attendu son identifiant dans le référentiel',
})
export const controlParams = z.object({ framework: frameworkId, control })
export const standingParams = z.object({ uai: z.string(), framework: frameworkId })

export const frameworkSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    version: z.string(),
    origin: z.enum(['builtin', 'imported']),
    /** Académie that may change it; null for those that come with Vigie. */
    academie: z.string().nullable(),
    importedAt: z.string().nullable(),
    controls: z.number().int(),
    /** Controls that at least one requirement answers. */
    mapped: z.number().int(),
  })
  .openapi('Framework')

const controlSchema = z.object({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  statement: z.string(),
  requirements: z.array(z.string()),
})
export const frameworkDetailSchema = frameworkSchema
  .extend({ rows: z.array(controlSchema) })
  .openapi('FrameworkDetail')

const oscalDocument = (name: string) =>
  z.unknown().refine((value) => typeof value === 'object' && value !== null, {
    error: `${name} : attendu un document OSCAL`,
  })

export const importInput = z
  .object({
    id: frameworkId,
    academie: z.string({ error: 'academie : attendu le code de l’académie' }).max(10),
    catalog: oscalDocument('catalog'),
    /** Relates its controls to the requirements of CARINE; absent, their properties alone do. */
    mapping: oscalDocument('mapping').optional(),
  })
  .openapi('FrameworkImport')

export const mappingInput = z
  .object({ requirements: z.array(requirement).max(163, { error: 'requirements : au plus 163 exigences' }) })
  .openapi('FrameworkMapping')

export const standingSchema = z
  .object({
    framework: z.object({ id: z.string(), title: z.string(), version: z.string() }),
    compliant: z.number().int(),
    applicable: z.number().int(),
    rows: z.array(
      controlSchema.extend({
        verdict: z.enum(['compliant', 'partial', 'non_compliant', 'not_applicable', 'unknown']),
        met: z.number().int(),
        applicable: z.number().int(),
        requirements: z.array(
          z.object({ id: z.string(), statement: z.string(), status: z.string(), counted: z.string() }),
        ),
      }),
    ),
  })
  .openapi('FrameworkStanding')

export type ImportInput = z.infer<typeof importInput>
export type FrameworkSummary = z.infer<typeof frameworkSchema>
