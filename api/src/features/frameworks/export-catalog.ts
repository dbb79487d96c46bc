import { CARINE_PROPERTY } from '@vigie/collectors'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findFramework } from './find-framework.ts'
import type { KnownControl, KnownFramework } from './known-framework.ts'

const OSCAL_VERSION = '1.1.3'
/** Namespace of the property that names the requirements of CARINE. */
const NAMESPACE = 'https://vigie.example/ns/oscal'

/** A framework as an OSCAL catalog, which Vigie reads back the same. Errors: `forbidden`, `not_found`. */
export async function exportCatalog(ctx: Context, id: string) {
  const identity = authorise(ctx.actor, 'catalogue:read')
  const known = await ctx.db.transact(identity, (tx) => findFramework(tx, id))
  return catalogOf(known, ctx.clock.now())
}

/** In: a framework and the instant of the export. Out: the OSCAL document. Source: OSCAL catalog model 1.1. */
export function catalogOf(framework: KnownFramework, at: Date) {
  const groups = Map.groupBy(framework.controls, ({ group }) => group)
  return {
    catalog: {
      uuid: framework.uuid,
      metadata: {
        title: framework.title,
        'last-modified': (framework.importedAt ?? at).toISOString(),
        version: framework.version,
        'oscal-version': OSCAL_VERSION,
      },
      groups: [...groups].map(([title, controls], index) => ({
        id: `groupe-${index + 1}`,
        title,
        controls: controls.map(controlOf),
      })),
    },
  }
}

const controlOf = ({ id, title, statement, requirements }: KnownControl) => ({
  id,
  title,
  ...(requirements.length > 0
    ? { props: requirements.map((value) => ({ name: CARINE_PROPERTY, ns: NAMESPACE, value })) }
    : {}),
  parts: [{ name: 'statement', prose: statement }],
})
