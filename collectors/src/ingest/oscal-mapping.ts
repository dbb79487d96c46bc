import { isRequirementId, type RequirementId } from '@vigie/rules'
import { z } from 'zod'
import { OscalRefusal, parsed, type OscalFault } from './oscal.ts'

const MOST_MAPS = 20_000
const MOST_ITEMS = 500
const MOST_FAULTS = 50
/** Relationship of what was compared and has nothing in common. */
const UNRELATED = 'no-relationship'

const items = z
  .array(
    z.object({
      type: z.literal('control', { error: 'type : seules des mesures entières se relient (« control »)' }),
      'id-ref': z.string({ error: 'id-ref : attendu un identifiant' }).max(80, {
        error: 'id-ref : au plus 80 caractères',
      }),
    }),
    { error: 'attendu une liste de mesures' },
  )
  .min(1, { error: 'attendu une mesure au moins' })
  .max(MOST_ITEMS, { error: `au plus ${MOST_ITEMS} mesures` })
const entry = z.object({
  relationship: z.string({ error: 'relationship : absent' }),
  sources: z.unknown(),
  targets: z.unknown(),
})
const document = z.object({
  'mapping-collection': z.object(
    {
      mappings: z.array(z.object({ maps: z.array(z.unknown(), { error: 'maps : attendu une liste' }) }), {
        error: 'mappings : attendu une liste',
      }),
    },
    { error: 'attendu un document OSCAL dont la racine est « mapping-collection »' },
  ),
})

/** A control of a catalog and a requirement of CARINE that answers it. */
export interface MappedPair {
  readonly control: string
  readonly requirement: RequirementId
}

interface Side {
  readonly controls: readonly string[]
  readonly requirements: readonly RequirementId[]
}

/**
 * In: a parsed OSCAL JSON document, the controls of the catalog that it relates to CARINE, whichever is its source.
 * Out: each pair once, in order; what is said to have no relationship is left out. Errors: `OscalRefusal` naming every
 * fault. Source: OSCAL mapping model 1.2, IR 8477 for relationships.
 */
export function readOscalMapping(json: unknown, controls: ReadonlySet<string>): readonly MappedPair[] {
  const faults: OscalFault[] = []
  const root = parsed(document, json, '', faults)
  if (!root) throw new OscalRefusal('correspondance', faults)
  const pairs = new Map<string, MappedPair>()
  let read = 0
  const { mappings } = root['mapping-collection']
  mappings.forEach(({ maps }, index) => {
    maps.forEach((map, position) => {
      read += 1
      if (faults.length >= MOST_FAULTS || read > MOST_MAPS + 1) return
      const at = `/mapping-collection/mappings/${index}/maps/${position}`
      if (read > MOST_MAPS) {
        faults.push({ pointer: at, detail: `plus de ${MOST_MAPS} relations : divisez la correspondance` })
        return
      }
      for (const pair of pairsOf(map, at, controls, faults))
        pairs.set(`${pair.control} ${pair.requirement}`, pair)
    })
  })
  if (faults.length > 0) throw new OscalRefusal('correspondance', faults)
  return [...pairs.values()]
}

function pairsOf(
  map: unknown,
  at: string,
  controls: ReadonlySet<string>,
  faults: OscalFault[],
): readonly MappedPair[] {
  const found = parsed(entry, map, at, faults)
  if (!found) return []
  const source = sideOf(found.sources, `${at}/sources`, controls, faults)
  const target = sideOf(found.targets, `${at}/targets`, controls, faults)
  if (!source || !target || found.relationship === UNRELATED) return []
  const [from, to] = source.controls.length > 0 ? [source, target] : [target, source]
  if (from.controls.length > 0 && to.requirements.length > 0)
    return from.controls.flatMap((control) =>
      to.requirements.map((requirement) => ({ control, requirement })),
    )
  faults.push({
    pointer: at,
    detail:
      'relie deux fois le même côté : attendu des mesures du catalogue d’un côté, des exigences de CARINE de l’autre',
  })
  return []
}

/** Null, and its faults told, where an item belongs neither to the catalog nor to CARINE, or where both are mixed. */
function sideOf(
  value: unknown,
  pointer: string,
  known: ReadonlySet<string>,
  faults: OscalFault[],
): Side | null {
  const found = parsed(items, value, pointer, faults)
  if (!found) return null
  const controls: string[] = []
  const requirements: RequirementId[] = []
  let wrong = false
  found.forEach(({ 'id-ref': id }, index) => {
    if (known.has(id)) controls.push(id)
    else if (isRequirementId(id)) requirements.push(id)
    else {
      wrong = true
      faults.push({
        pointer: `${pointer}/${index}/id-ref`,
        detail: `${id.slice(0, 40)} : ni une mesure du catalogue, ni une exigence de CARINE`,
      })
    }
  })
  if (controls.length > 0 && requirements.length > 0) {
    wrong = true
    faults.push({ pointer, detail: 'mêle des mesures du catalogue et des exigences de CARINE' })
  }
  return wrong ? null : { controls, requirements }
}
