import { z } from 'zod'
import { bytesCount, entriesOf, lineOf, zonedInstant } from './backup-fields.ts'
import { seriesOf, type ToolFacts } from './backup-facts.ts'

const flag = z.boolean({ error: 'attendu : true ou false' })

/** For every other tool: what its own journal says, in a small form. */
export const genericDocuments = z.looseObject({
  runs: entriesOf(
    z.looseObject({
      at: zonedInstant,
      success: flag,
      host: lineOf(255).optional(),
      job: lineOf(200).optional(),
    }),
  ),
  versions: z
    .number({ error: 'attendu : le nombre de versions restaurables' })
    .int({ error: 'attendu : un nombre entier' })
    .min(0, { error: 'attendu : au moins 0' })
    .max(1_000_000),
  sizeBytes: bytesCount.optional(),
  encrypted: flag,
  encryptsBeforeSending: flag.optional(),
  check: z.looseObject({ at: zonedInstant, success: flag, readsData: flag }).optional(),
})

/** Facts of any other tool. */
export function readGeneric(documents: z.infer<typeof genericDocuments>): ToolFacts {
  const { runs, versions, sizeBytes, encrypted, encryptsBeforeSending, check } = documents
  return {
    series: seriesOf(
      runs.map(({ at, success, host, job }) => ({ host: host ?? null, label: job ?? '', at, ok: success })),
    ),
    versions,
    sizeBytes: sizeBytes ?? null,
    encrypted,
    encryptsBeforeSending: encrypted && encryptsBeforeSending === true,
    check: check ? { kind: check.readsData ? 'data' : 'structure', ok: check.success, at: check.at } : null,
    notes: [
      ...(encrypted ? [] : ['Les sauvegardes ne sont pas chiffrées : qui atteint leur support lit tout.']),
      ...(check && !check.readsData && check.success
        ? ['La vérification n’a pas relu les données : elle ne prouve rien de leur intégrité.']
        : []),
      ...(check && !check.success ? ['La dernière vérification a trouvé des erreurs.'] : []),
    ],
  }
}
