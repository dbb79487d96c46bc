import type { z } from 'zod'

/** What is wrong with a document: where (JSON pointer) and the remedy, in French. */
export interface OscalFault {
  readonly pointer: string
  readonly detail: string
}

const NAMED = { catalogue: 'un catalogue OSCAL', correspondance: 'une correspondance OSCAL' } as const

export class OscalRefusal extends Error {
  readonly document: keyof typeof NAMED
  readonly faults: readonly OscalFault[]

  constructor(document: keyof typeof NAMED, faults: readonly OscalFault[]) {
    super(`Ce fichier n’est pas ${NAMED[document]} que Vigie puisse lire.`)
    this.document = document
    this.faults = faults
  }
}

/** In: a value found at the pointer. Out: it as the schema reads it; null, and its faults told, where it does not. */
export function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  pointer: string,
  faults: OscalFault[],
): T | null {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const { path, message } of result.error.issues.slice(0, 5)) {
    faults.push({ pointer: `${pointer}${path.map((step) => `/${String(step)}`).join('')}`, detail: message })
  }
  return null
}
