import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { CollectionSection, CollectionSource } from './collection-source.ts'
import { SECTIONS } from './sections.ts'
import { parseInput, readJson } from './source-files.ts'

const sourcesOf = ({ name, schema }: CollectionSection) =>
  z
    .array(schema, { error: `${name} : attendu un tableau de sources` })
    .refine((sources) => new Set(sources.map(labelOf)).size === sources.length, {
      error: `${name} : deux sources portent le même nom`,
    })
    .optional()

const labelOf = (source: unknown): unknown =>
  typeof source === 'object' && source !== null && 'name' in source ? source.name : source

const fileSchema = z
  .strictObject(Object.fromEntries(SECTIONS.map((section) => [section.name, sourcesOf(section)])))
  .refine((sections) => Object.values(sections).some((sources) => sources !== undefined), {
    error: `au moins une section est attendue : ${SECTIONS.map(({ name }) => name).join(', ')}`,
  })

/**
 * In: the path of the collection file (`VIGIE_COLLECT_FILE`). Out: its sources in the order of the sections, their mappings and
 * secrets read. Errors: `invalid_input` naming each fault.
 */
export async function readCollectFile(file: string): Promise<CollectionSource[]> {
  const described = parseInput(fileSchema, await readJson(file), file)
  const directory = dirname(resolve(file))
  return Promise.all(
    SECTIONS.flatMap((section) =>
      (described[section.name] ?? []).map((source) => section.open(source, directory)),
    ),
  )
}

/** In: a described source of a section; paths are relative to `directory`. Out: the same, checked, its secrets read. Errors: `invalid_input`. */
export async function openSource<Description extends z.ZodType>(
  section: CollectionSection<Description>,
  description: z.input<Description>,
  directory: string,
): Promise<CollectionSource> {
  return section.open(parseInput(section.schema, description, 'source'), directory)
}
