import { z } from 'zod'
import { readCheck } from './backup-check.ts'
import { bytesCount, checkOutput, entriesOf, zonedInstant } from './backup-fields.ts'
import { seriesOf, type ToolFacts } from './backup-facts.ts'

const snapshot = z.looseObject({
  time: zonedInstant,
  hostname: z.string({ error: 'attendu : le nom de la machine sauvegardée' }).max(255),
  paths: z.array(z.string().max(4_096), { error: 'attendu : les chemins sauvegardés' }).max(1_000),
})

/** What `restic --json` prints; an empty repository prints `null`. */
export const resticDocuments = z.looseObject({
  snapshots: z.preprocess((list) => (list === null ? [] : list), entriesOf(snapshot)),
  /** `restic stats --mode raw-data`: what the repository takes on its medium. */
  stats: z.looseObject({ total_size: bytesCount }).optional(),
  config: z
    .looseObject({
      id: z.string().regex(/^[0-9a-f]{64}$/, { error: 'attendu : ce qu’écrit « restic cat config »' }),
    })
    .optional(),
  keys: z
    .array(z.looseObject({ id: z.string().max(200) }))
    .max(1_000)
    .optional(),
  check: checkOutput.optional(),
})

const CHECK = {
  sound: /^no errors were found\s*$/m,
  readsData: /^read all data\s*$/m,
  option: '« --read-data »',
} as const

/** Facts of a restic repository; its format always encrypts and authenticates before anything leaves the machine. */
export function readRestic(documents: z.infer<typeof resticDocuments>): ToolFacts {
  const checked = documents.check ? readCheck(documents.check, CHECK) : { check: null, notes: [] }
  const entries = documents.snapshots.map(({ hostname, paths, time }) => ({
    host: hostname,
    label: paths.toSorted().join(' '),
    at: time,
    ok: true,
  }))
  return {
    series: seriesOf(entries),
    versions: null,
    sizeBytes: documents.stats?.total_size ?? null,
    encrypted: true,
    encryptsBeforeSending: true,
    check: checked.check,
    notes: [
      ...(documents.keys?.length === 1
        ? [
            'Une seule clé ouvre ce dépôt : perdue, les sauvegardes le sont aussi. Ajoutez-en une, gardée en lieu sûr.',
          ]
        : []),
      ...checked.notes,
    ],
  }
}
