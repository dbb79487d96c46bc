import type { CollectorIo, CollectorRun } from '@vigie/collectors'
import type { z } from 'zod'

/** What a run would ask, as a dry run prints it: French, nothing secret. */
export interface PlannedRequests {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** One system to read, ready to run. */
export interface CollectionSource {
  /** Section of the collection file, `prometheus`. */
  readonly section: string
  /** Name within its section, `rectorat`. */
  readonly label: string
  /** Name under which its evidence is kept, `prometheus:rectorat`. */
  readonly name: string
  /** Five-field cron, UTC. */
  readonly cron: string
  /** Seconds after which a run that never ended is given up: every attempt in full, and the time to record. */
  readonly longestSeconds: number
  /** Host that it asks, without path nor credentials. */
  readonly address: string
  readonly plan: readonly PlannedRequests[]
  /** Reads and writes nothing. A failure is told by the run, never thrown. */
  readonly run: (io: CollectorIo, signal?: AbortSignal) => Promise<CollectorRun>
  /** Reads what an administrator submits, in place of asking a system. In: its text. */
  readonly submit?: (text: string, io: CollectorIo) => Promise<CollectorRun>
}

/** One kind of system that the collection file may name: a section of it. */
export interface CollectionSection<Description extends z.ZodType = z.ZodType> {
  /** Key of the file, and prefix of the collector names. */
  readonly name: string
  /** One French sentence, for the command's help. */
  readonly help: string
  /** One source of the section, its `name` included. */
  readonly schema: Description
  /** In: a checked source; paths are relative to `directory`. Errors: `invalid_input`. */
  open(source: z.output<Description>, directory: string): Promise<CollectionSource>
}

/** In: a section. Out: the same, its source typed. */
export const defineSection = <Description extends z.ZodType>(
  section: CollectionSection<Description>,
): CollectionSection<Description> => section
