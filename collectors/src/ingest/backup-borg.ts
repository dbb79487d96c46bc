import { z } from 'zod'
import { readCheck } from './backup-check.ts'
import { instantOfLocal } from './backup-clock.ts'
import { bytesCount, checkOutput, entriesOf } from './backup-fields.ts'
import { seriesOf, type ToolFacts } from './backup-facts.ts'

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/
const ZONED = /(Z|[+-]\d{2}:?\d{2})$/
const borgTime = z
  .string({ error: 'attendu : la date écrite par borg' })
  .refine((text) => LOCAL.test(text.replace(ZONED, '')) && !Number.isNaN(Date.parse(text)), {
    error: 'attendu : la date écrite par borg, par exemple 2026-11-16T22:30:00.000000',
  })

const encryption = z.looseObject({
  mode: z
    .string({ error: 'attendu : le mode de chiffrement du dépôt' })
    .regex(/^(none|authenticated(-blake2)?|(repokey|keyfile)(-[a-z0-9-]+)?)$/, {
      error: 'mode de chiffrement inconnu ; attendu : none, authenticated…, repokey… ou keyfile…',
    }),
})
const repository = z.looseObject({
  id: z.string().regex(/^[0-9a-f]{64}$/, { error: 'attendu : l’identifiant du dépôt, écrit par borg' }),
})
const archive = z.looseObject({
  name: z.string({ error: 'attendu : le nom de l’archive' }).max(500),
  start: borgTime,
  hostname: z.string().max(255).optional(),
})

/** What borg prints with `--json`: `info` of the repository, `list`, and `info` of its archives, which names hosts. */
export const borgDocuments = z
  .looseObject({
    info: z.looseObject({
      encryption,
      repository,
      cache: z.looseObject({ stats: z.looseObject({ unique_csize: bytesCount }) }).optional(),
    }),
    list: z.looseObject({ repository, archives: entriesOf(archive) }),
    archives: z.looseObject({ repository, archives: entriesOf(archive) }).optional(),
    check: checkOutput.optional(),
  })
  .superRefine(({ info, list, archives }, ctx) => {
    for (const [name, document] of [
      ['list', list],
      ['archives', archives],
    ] as const)
      if (document && document.repository.id !== info.repository.id)
        ctx.addIssue({
          code: 'custom',
          path: [name, 'repository', 'id'],
          message:
            'ce document vient d’un autre dépôt que « info » : relancez les deux commandes sur le même dépôt',
        })
  })

const CHECK = {
  sound: /^/,
  readsData: /cryptographic data integrity verification/,
  option: '« --verify-data »',
} as const

/** Archives of one job differ by their date or number only. */
const prefixOf = (name: string) => name.replace(/[-_.:T\d]+$/, '')

/** Host of each archive that tells it, and of each prefix under which they all tell the same. */
function hostsOf(archives: readonly { readonly name: string; readonly hostname?: string | undefined }[]) {
  const hosts = new Map<string, string | null>()
  for (const { name, hostname } of archives) {
    if (hostname === undefined) continue
    const prefix = prefixOf(name)
    const known = hosts.get(prefix)
    hosts.set(prefix, known === undefined || known === hostname ? hostname : null)
    hosts.set(name, hostname)
  }
  return hosts
}

/** Facts of a borg repository, in the zone where it ran: borg prints local time without saying so. */
export function readBorg(documents: z.infer<typeof borgDocuments>, zone: string): ToolFacts {
  const { mode } = documents.info.encryption
  const encrypted = /^(repokey|keyfile)/.test(mode)
  const checked = documents.check ? readCheck(documents.check, CHECK) : { check: null, notes: [] }
  const hosts = hostsOf(documents.archives?.archives ?? [])
  const entries = documents.list.archives
    // Interrupted: what borg kept of a backup that did not end.
    .filter(({ name }) => !/\.checkpoint(\.\d+)?$/.test(name))
    .map(({ name, start, hostname }) => ({
      host: hostname ?? hosts.get(name) ?? hosts.get(prefixOf(name)) ?? null,
      label: prefixOf(name),
      at: ZONED.test(start) ? new Date(start) : instantOfLocal(start, zone),
      ok: true,
    }))
  return {
    series: seriesOf(entries),
    versions: null,
    sizeBytes: documents.info.cache?.stats.unique_csize ?? null,
    encrypted,
    encryptsBeforeSending: encrypted,
    check: checked.check,
    notes: [
      ...(encrypted ? [] : [`Le dépôt n’est pas chiffré (mode « ${mode} ») : qui l’atteint lit tout.`]),
      ...checked.notes,
    ],
  }
}
