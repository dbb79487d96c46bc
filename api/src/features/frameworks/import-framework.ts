import { createHash } from 'node:crypto'
import { OscalRefusal, readOscalCatalog, readOscalMapping } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { BUILTIN_FRAMEWORKS } from './builtin-frameworks.ts'
import { namedControls, type KnownControl } from './known-framework.ts'
import type { ImportInput } from './schema.ts'

/** Rows of one statement. */
const BATCH = 500

/**
 * Brings a framework in from an OSCAL catalog, and from the OSCAL mapping that relates it to CARINE, if there is one:
 * whole, or not at all. Everyone reads it; only the académie changes it.
 * Errors: `forbidden`, `invalid_input` naming each fault, `conflict` when the name is taken.
 */
export async function importFramework(ctx: Context, input: ImportInput) {
  const identity = authorise(ctx.actor, 'framework:import')
  const importedBy = ctx.actor.kind === 'account' ? ctx.actor.id : null
  if (!importedBy)
    throw new AppError('forbidden', 'Un référentiel est apporté par une personne, non par un jeton.')
  const covered = await coveredPerimeters(ctx, identity)
  if (!covered.covers({ kind: 'academie', code: input.academie })) {
    const detail = `L’académie ${input.academie} n’est pas dans votre périmètre.`
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/academie', detail }] })
  }
  const catalog = reading('/catalog', () => readOscalCatalog(input.catalog))
  const controls = mapped(namedControls(catalog), input.mapping)
  const { id, academie } = input
  const importedAt = ctx.clock.now()
  await write(ctx, identity, async (tx) => {
    await refuseTaken(tx, id)
    await tx.insert(schema.framework).values({
      ...{ id, academie, importedAt, importedBy },
      title: catalog.title,
      version: catalog.version,
      catalogUuid: catalog.uuid,
      // Of what was read: a document may be nested deeper than it can be written again.
      sha256: createHash('sha256').update(JSON.stringify(catalog)).digest('hex'),
    })
    const rows = controls.map(({ id: control, group, title, statement }, position) => ({
      ...{ frameworkId: id, control, position, group, title, statement },
      props: {},
    }))
    for (const batch of batches(rows)) await tx.insert(schema.frameworkControl).values(batch)
    const pairs = controls.flatMap(({ id: control, requirements }) =>
      requirements.map((requirement) => ({ frameworkId: id, control, requirement })),
    )
    for (const batch of batches(pairs)) await tx.insert(schema.frameworkMapping).values(batch)
    await record(tx, ctx, {
      action: 'framework.import',
      subject: { kind: 'framework', id },
      details: { controls: controls.length, mapped: new Set(pairs.map(({ control }) => control)).size },
    })
  })
  return { id, controls: controls.length }
}

/** In: controls with the requirements that their properties name. Out: the same, with those that the mapping names. */
function mapped(controls: readonly KnownControl[], mapping: unknown): readonly KnownControl[] {
  if (mapping === undefined) return controls
  const known = new Set(controls.map(({ id }) => id))
  const pairs = reading('/mapping', () => readOscalMapping(mapping, known))
  const byControl = Map.groupBy(pairs, ({ control }) => control)
  return controls.map((control) => {
    const named = (byControl.get(control.id) ?? []).map(({ requirement }) => requirement)
    return { ...control, requirements: [...new Set([...control.requirements, ...named])] }
  })
}

function reading<T>(pointer: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof OscalRefusal)) throw error
    throw new AppError('invalid_input', error.message, {
      errors: error.faults
        .slice(0, 50)
        .map((fault) => ({ pointer: `${pointer}${fault.pointer}`, detail: fault.detail })),
    })
  }
}

async function refuseTaken(tx: Tx, id: string): Promise<void> {
  const [held] = await tx
    .select({ id: schema.framework.id })
    .from(schema.framework)
    .where(eq(schema.framework.id, id))
  if (held || BUILTIN_FRAMEWORKS.some((known) => known.id === id)) {
    throw new AppError(
      'conflict',
      `Le nom « ${id} » est déjà pris : choisissez-en un autre, ou retirez l’ancien référentiel.`,
    )
  }
}

const batches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_batch, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH),
  )
