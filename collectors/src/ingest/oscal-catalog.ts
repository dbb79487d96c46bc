import { isRequirementId, type Control, type ControlGroup, type RequirementId } from '@vigie/rules'
import { z } from 'zod'
import { OscalRefusal, parsed, type OscalFault } from './oscal.ts'

/** Property of a control that names a CARINE requirement which answers it; repeated when several do. */
export const CARINE_PROPERTY = 'carine'
const MOST_CONTROLS = 5_000
const MOST_NESTING = 8
/** Of what has no identifier of its own; no token begins so. */
const UNNAMED = '#'
const ROOT = `${UNNAMED}catalogue`

/** A catalog read from OSCAL JSON (NIST, catalog model 1.x). */
export interface OscalCatalog {
  readonly uuid: string
  readonly title: string
  readonly version: string
  readonly groups: readonly ControlGroup[]
  readonly controls: readonly Control[]
}

/** No database keeps a null character in a text. */
const isKept = (value: string): boolean => !value.includes('\u0000')
const text = (what: string, most: number) =>
  z
    .string({ error: `${what} : attendu un texte` })
    .trim()
    .min(1, { error: `${what} : texte vide` })
    .max(most, { error: `${what} : au plus ${most} caractères` })
    .refine(isKept, { error: `${what} : sans caractère nul` })
/** OSCAL's token: a letter or underscore, then letters, digits, dots, hyphens and underscores. */
const token = (what: string) =>
  z.string({ error: `${what} : attendu un identifiant` }).regex(/^[\p{L}_][\p{L}\p{N}._-]{0,79}$/u, {
    error: `${what} : attendu un identifiant OSCAL, sans espace, 80 caractères au plus`,
  })

const property = z.object({ name: z.string(), value: z.string() })
const part = z.object({
  name: z.string(),
  prose: z.string().refine(isKept, { error: 'prose : sans caractère nul' }).optional(),
  parts: z.array(z.unknown()).optional(),
})
const control = z.object({
  id: token('id'),
  title: text('title', 500),
  props: z.array(property).optional(),
  parts: z.array(part).optional(),
  controls: z.array(z.unknown()).optional(),
})
const group = z.object({
  id: token('id').optional(),
  title: text('title', 500),
  groups: z.array(z.unknown()).optional(),
  controls: z.array(z.unknown()).optional(),
})
const document = z.object({
  catalog: z.object(
    {
      uuid: z.guid({ error: 'uuid : attendu un UUID' }),
      metadata: z.object(
        { title: text('title', 500), version: text('version', 80) },
        { error: 'metadata : absent' },
      ),
      groups: z.array(z.unknown()).optional(),
      controls: z.array(z.unknown()).optional(),
    },
    { error: 'attendu un document OSCAL dont la racine est « catalog »' },
  ),
})

/**
 * In: a parsed OSCAL JSON document. Out: its controls, flat and in order, each in its innermost group; the controls of
 * a control follow it. Errors: `OscalRefusal` naming every fault. Source: OSCAL catalog model 1.x.
 */
export function readOscalCatalog(json: unknown): OscalCatalog {
  const faults: OscalFault[] = []
  const root = parsed(document, json, '', faults)
  if (!root) throw new OscalRefusal('catalogue', faults)
  const { uuid, metadata, groups, controls } = root.catalog
  const reading = new Reading(faults)
  if (controls?.length) reading.group(ROOT, metadata.title, [], controls, '/catalog', 0)
  reading.groups(groups ?? [], '/catalog', 0)
  if (reading.controls.length === 0 && faults.length === 0)
    faults.push({ pointer: '/catalog', detail: 'le catalogue ne contient aucun contrôle' })
  if (faults.length > 0) throw new OscalRefusal('catalogue', faults)
  return {
    uuid,
    title: metadata.title,
    version: metadata.version,
    groups: reading.kept,
    controls: reading.controls,
  }
}

class Reading {
  readonly kept: ControlGroup[] = []
  readonly controls: Control[] = []
  private readonly ids = new Set<string>()
  private readonly groupIds = new Set<string>()
  private readonly faults: OscalFault[]

  constructor(faults: OscalFault[]) {
    this.faults = faults
  }

  groups(items: readonly unknown[], pointer: string, depth: number): void {
    items.forEach((item, index) => {
      const at = `${pointer}/groups/${index}`
      const found = parsed(group, item, at, this.faults)
      if (!found) return
      if (found.id !== undefined && this.groupIds.has(found.id)) {
        this.faults.push({ pointer: `${at}/id`, detail: `${found.id} : présent deux fois` })
        return
      }
      const id = found.id ?? `${UNNAMED}${this.kept.length + 1}`
      this.group(id, found.title, found.groups ?? [], found.controls ?? [], at, depth)
    })
  }

  group(
    id: string,
    title: string,
    groups: readonly unknown[],
    controls: readonly unknown[],
    pointer: string,
    depth: number,
  ): void {
    if (this.tooDeep(depth, pointer)) return
    this.groupIds.add(id)
    this.kept.push({ id, title })
    this.controlsOf(controls, id, pointer, depth)
    this.groups(groups, pointer, depth + 1)
  }

  private controlsOf(items: readonly unknown[], groupId: string, pointer: string, depth: number): void {
    if (items.length > 0 && this.tooDeep(depth, pointer)) return
    items.forEach((item, index) => {
      const at = `${pointer}/controls/${index}`
      if (this.controls.length >= MOST_CONTROLS) {
        if (this.controls.length === MOST_CONTROLS && this.faults.length === 0)
          this.faults.push({
            pointer: at,
            detail: `plus de ${MOST_CONTROLS} contrôles : divisez le catalogue`,
          })
        return
      }
      const found = parsed(control, item, at, this.faults)
      if (!found) return
      if (this.ids.has(found.id))
        this.faults.push({ pointer: `${at}/id`, detail: `${found.id} : présent deux fois` })
      this.ids.add(found.id)
      this.controls.push({
        id: found.id,
        group: groupId,
        title: found.title,
        statement: statementOf(found.parts ?? []) || found.title,
        requirements: this.requirementsOf(found.props ?? [], at),
      })
      this.controlsOf(found.controls ?? [], groupId, at, depth + 1)
    })
  }

  private requirementsOf(props: readonly z.infer<typeof property>[], pointer: string): RequirementId[] {
    const named = new Set<RequirementId>()
    props.forEach(({ name, value }, index) => {
      if (name !== CARINE_PROPERTY) return
      if (isRequirementId(value)) named.add(value)
      else
        this.faults.push({
          pointer: `${pointer}/props/${index}/value`,
          detail: `${value.slice(0, 40)} : exigence de CARINE inconnue`,
        })
    })
    return [...named]
  }

  private tooDeep(depth: number, pointer: string): boolean {
    if (depth < MOST_NESTING) return false
    this.faults.push({ pointer, detail: `plus de ${MOST_NESTING} niveaux imbriqués` })
    return true
  }
}

/** Prose of the statement and of its items, one after the other. */
function statementOf(parts: readonly z.infer<typeof part>[]): string {
  const statements = parts.filter(({ name }) => name === 'statement')
  return statements
    .flatMap((found) => proseOf(found, 0))
    .join(' ')
    .slice(0, 4_000)
}

function proseOf({ prose, parts }: z.infer<typeof part>, depth: number): string[] {
  if (depth > MOST_NESTING) return []
  const inner = (parts ?? []).flatMap((item) => {
    const found = part.safeParse(item)
    return found.success ? proseOf(found.data, depth + 1) : []
  })
  return [...(prose ? [prose.trim()] : []), ...inner]
}
