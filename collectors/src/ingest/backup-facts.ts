export const COVERAGES = ['servers', 'administration', 'pedagogy', 'logs'] as const
export type Coverage = (typeof COVERAGES)[number]

/** Backups of the same thing: one host, the same paths or the same name. */
export interface BackupSeries {
  readonly label: string
  /** Null when the tool does not say which machine. */
  readonly host: string | null
  readonly successes: readonly Date[]
  readonly failures: readonly Date[]
}

/** `data`: every byte read back and compared; `structure`: the index alone, which proves nothing of the data. */
export interface CheckOutcome {
  readonly kind: 'data' | 'structure'
  readonly ok: boolean
  readonly at: Date
}

/** What the documents of a tool say of its repository. */
export interface ToolFacts {
  readonly series: readonly BackupSeries[]
  /** Restorable versions when the tool counts them itself; null when the series do. */
  readonly versions: number | null
  readonly sizeBytes: number | null
  readonly encrypted: boolean | null
  /** Data leave the machine already encrypted and authenticated. */
  readonly encryptsBeforeSending: boolean
  readonly check: CheckOutcome | null
  /** French sentences: what was read and proves nothing, or must be known. */
  readonly notes: readonly string[]
}

/** In: dated entries with their host and label. Out: one series per host and label, oldest success first. */
export function seriesOf(
  entries: readonly {
    readonly host: string | null
    readonly label: string
    readonly at: Date
    readonly ok: boolean
  }[],
): BackupSeries[] {
  const groups = new Map<
    string,
    { label: string; host: string | null; successes: Date[]; failures: Date[] }
  >()
  for (const { host, label, at, ok } of entries) {
    const key = `${host ?? ''}\n${label}`
    const group = groups.get(key) ?? { label, host, successes: [], failures: [] }
    ;(ok ? group.successes : group.failures).push(at)
    groups.set(key, group)
  }
  const inOrder = (a: Date, b: Date) => a.getTime() - b.getTime()
  return [...groups.values()].map((group) => ({
    ...group,
    successes: group.successes.toSorted(inOrder),
    failures: group.failures.toSorted(inOrder),
  }))
}
