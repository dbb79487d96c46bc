import { z } from '@hono/zod-openapi'

const level = z.enum(['E', 'R', 'F'])
const levels = z.object({ d1: level, d2: level })
const modal = z.enum(['DOIT', 'NE DOIT PAS', 'DEVRAIT', 'PEUT'])

export const requirementSchema = z
  .object({
    id: z.string(),
    service: z.string(),
    function: z.string(),
    modal,
    levels,
    statement: z.string(),
    concerns: z.array(z.string()),
    relatedServices: z.array(z.string()),
    source: z.string(),
    clauses: z.array(z.object({ modal, levels, statement: z.string() })),
    automatic: z.boolean(),
    check: z
      .object({ title: z.string(), rule: z.string(), remediation: z.string(), needs: z.array(z.string()) })
      .nullable(),
    parties: z.object({ d1: z.string(), d2: z.string() }),
  })
  .openapi('Requirement')

export const serviceSchema = z
  .object({ id: z.string(), family: z.enum(['INF', 'MCO', 'UTI']), name: z.string(), summary: z.string() })
  .openapi('Service')

export const catalogueSchema = z
  .object({
    version: z.string(),
    services: z.array(serviceSchema),
    requirements: z.array(requirementSchema),
    glossary: z.array(z.object({ term: z.string(), definition: z.string() })),
  })
  .openapi('Catalogue')
