/** One line of the file that was not accepted; `reason` is French and says the remedy. */
export interface RefusedLine {
  readonly line: number
  readonly field: string
  readonly reason: string
}

/** How many rows each kind of change touched; a row counts once. */
export interface ChangeCounts {
  created: number
  updated: number
  unchanged: number
  closed: number
  reopened: number
}

/** What an import did. `refusals` holds the first thousand; the database holds them all. */
export interface ImportReport extends ChangeCounts {
  readonly id: string
  readonly fileName: string
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string
  /** Lines read, whatever they came to. */
  rows: number
  refused: number
  /** Lines outside the scope, by what they are (« Médico-social », …). */
  readonly skipped: Readonly<Record<string, number>>
  readonly refusals: readonly RefusedLine[]
}

/** How far the import is: bytes of the file and lines read. */
export interface ImportProgress {
  readonly bytes: number
  readonly rows: number
}

const KEPT_REFUSALS = 1_000
const KEPT_LABELS = 30
const OTHERS = 'Autres'

/** Counts lines as they come, in memory that does not grow with the file. */
export class ImportTally {
  readonly changes: ChangeCounts = { created: 0, updated: 0, unchanged: 0, closed: 0, reopened: 0 }
  readonly refusals: RefusedLine[] = []
  readonly skipped: Record<string, number> = {}
  rows = 0
  refused = 0

  refuse(line: RefusedLine): void {
    this.refused += 1
    if (this.refusals.length < KEPT_REFUSALS) this.refusals.push(line)
  }

  skip(label: string): void {
    const known = Object.hasOwn(this.skipped, label) || Object.keys(this.skipped).length < KEPT_LABELS
    const kept = known ? label : OTHERS
    this.skipped[kept] = (this.skipped[kept] ?? 0) + 1
  }

  add(changes: Partial<ChangeCounts>): void {
    for (const [kind, count] of Object.entries(changes) as [keyof ChangeCounts, number][])
      this.changes[kind] += count
  }
}
