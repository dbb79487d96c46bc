import { parseUai, refusalOfUai } from '@vigie/rules'
import { z } from 'zod'
import { borgDocuments, readBorg } from './backup-borg.ts'
import { isTimeZone } from './backup-clock.ts'
import { lineOf, zonedInstant } from './backup-fields.ts'
import { COVERAGES, type Coverage, type ToolFacts } from './backup-facts.ts'
import { genericDocuments, readGeneric } from './backup-generic.ts'
import { readRestic, resticDocuments } from './backup-restic.ts'

/** How backups travel to their medium; `none`: a disk of the machine itself. */
export const TRANSPORTS = ['none', 'ssh', 'tls', 'clear'] as const
export const UNREADABLE = ['locked', 'password', 'unreachable', 'other'] as const
export type Unreadable = (typeof UNREADABLE)[number]

const flag = z.boolean({ error: 'attendu : true ou false' })
const amount = (name: string, max: number) =>
  z
    .number({ error: `attendu : un nombre ${name}` })
    .min(0, { error: 'attendu : au moins 0' })
    .max(max, { error: `attendu : au plus ${max} ${name}` })

const shared = {
  uai: z
    .string({ error: 'attendu : l’UAI de l’établissement' })
    .superRefine((text, ctx) => {
      if (parseUai(text) === null) ctx.addIssue({ code: 'custom', message: refusalOfUai(text) })
    })
    .transform((text) => parseUai(text) ?? text),
  repository: lineOf(80).refine((name) => !/[/@\\]|:\/\//.test(name), {
    error: 'donnez un nom court au dépôt, pas son adresse : elle peut porter un secret',
  }),
  collectedAt: zonedInstant,
  covers: z
    .array(z.enum(COVERAGES, { error: `attendu : ${COVERAGES.join(', ')}` }), {
      error: `attendu : une liste parmi ${COVERAGES.join(', ')}`,
    })
    .min(1, { error: 'dites ce que ce dépôt couvre' })
    .max(COVERAGES.length),
  plannedIntervalHours: amount('d’heures', 8_784),
  keptInFullDays: amount('de jours', 400),
  remote: flag,
  transport: z.enum(TRANSPORTS, { error: `attendu : ${TRANSPORTS.join(', ')}` }),
  centralised: flag.optional(),
  logged: flag.optional(),
  removableOffsite: flag.optional(),
  /** Machines whose data stand here and that the tool does not name. */
  machines: z.array(lineOf(255), { error: 'attendu : une liste de noms de machines' }).max(500).default([]),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'fuseau inconnu ; attendu : un nom comme Europe/Paris ou Indian/Reunion' })
    .optional(),
  unreadable: z.enum(UNREADABLE, { error: `attendu : ${UNREADABLE.join(', ')}` }).optional(),
}
const envelope = z.object({
  ...shared,
  tool: z.enum(['restic', 'borg', 'generic'], { error: 'attendu : restic, borg ou generic' }),
  documents: z.unknown().optional(),
})
type Envelope = z.infer<typeof envelope>

/** What a report says, checked; `facts` is null when the tool could not read its own repository. */
export interface BackupReport extends Omit<Envelope, 'documents' | 'covers'> {
  readonly covers: readonly Coverage[]
  readonly facts: ToolFacts | null
}

export interface ReportFault {
  readonly pointer: string
  readonly detail: string
}

const faultsOf = (error: z.ZodError, under = ''): ReportFault[] =>
  error.issues.slice(0, 50).map(({ path, message }) => ({
    pointer: `${under}/${path.map(String).join('/')}`.replace(/\/$/, ''),
    detail: message,
  }))

/**
 * In: a report as it came, already parsed from JSON. Out: what it says, or every fault with its JSON pointer and the
 * remedy in French. Unknown members are ignored; whatever decides a verdict is required.
 */
export function readBackupReport(
  input: unknown,
  now: Date,
): { readonly report: BackupReport } | { readonly faults: readonly ReportFault[] } {
  const outer = envelope.safeParse(input)
  if (!outer.success) return { faults: faultsOf(outer.error) }
  const { documents, ...said } = outer.data
  if (said.unreadable !== undefined) return closed({ ...said, facts: null }, now)
  const read = factsOf(said, documents)
  return 'faults' in read ? read : closed({ ...said, facts: read.facts }, now)
}

function factsOf(
  said: Omit<Envelope, 'documents'>,
  documents: unknown,
): { facts: ToolFacts } | { faults: readonly ReportFault[] } {
  const missing = {
    faults: [{ pointer: '/documents', detail: 'attendu : les documents écrits par l’outil' }],
  }
  if (typeof documents !== 'object' || documents === null) return missing
  if (said.tool === 'generic') {
    const read = genericDocuments.safeParse(documents)
    return read.success ? { facts: readGeneric(read.data) } : { faults: faultsOf(read.error, '/documents') }
  }
  if (said.tool === 'restic') {
    const read = resticDocuments.safeParse(documents)
    return read.success ? { facts: readRestic(read.data) } : { faults: faultsOf(read.error, '/documents') }
  }
  const { timeZone } = said
  if (timeZone === undefined)
    return {
      faults: [
        {
          pointer: '/timeZone',
          detail:
            'borg écrit l’heure locale sans le dire : donnez le fuseau de sa machine, par exemple Europe/Paris',
        },
      ],
    }
  const read = borgDocuments.safeParse(documents)
  return read.success
    ? { facts: readBorg(read.data, timeZone) }
    : { faults: faultsOf(read.error, '/documents') }
}

const AHEAD_MS = 5 * 60_000
const OLDEST_MS = 45 * 86_400_000

/** Dates that no clock could have given are refused: they would make a backup look younger than it is. */
function closed(report: BackupReport, now: Date): { report: BackupReport } | { faults: ReportFault[] } {
  const at = report.collectedAt.getTime()
  const refused = (pointer: string, detail: string) => ({ faults: [{ pointer, detail }] })
  if (at > now.getTime() + AHEAD_MS)
    return refused(
      '/collectedAt',
      'cette date est dans le futur : réglez l’horloge de la machine de sauvegarde',
    )
  if (at < now.getTime() - OLDEST_MS)
    return refused('/collectedAt', 'ce relevé a plus de 45 jours : relancez-le')
  const instants = (report.facts?.series ?? []).flatMap(({ successes, failures }) => [
    ...successes,
    ...failures,
  ])
  if (report.facts?.check) instants.push(report.facts.check.at)
  if (instants.some((instant) => instant.getTime() > at + AHEAD_MS))
    return refused(
      '/documents',
      'une sauvegarde ou une vérification est postérieure au relevé : vérifiez le fuseau (timeZone) et les horloges',
    )
  return { report }
}
