import type { ClamdAddress } from './clamd-address.ts'
import { clamdScanner } from './clamd.ts'

/** Looks for malware in a whole file. Errors: `unavailable` when it cannot answer: nothing passes unseen. */
export interface Scanner {
  /** Kept with the proof: who found nothing. */
  readonly name: string
  readonly scan: (content: Uint8Array) => Promise<ScanResult>
}

export type ScanResult = { readonly clean: true } | { readonly clean: false; readonly signature: string }

/** Signatures that Vigie knows by itself, looked for in the file and in every part of a container. */
export const BUILT_IN = 'signatures'

/** In: where clamd listens, or null. Out: the scanners that every file passes, beside the built-in signatures. */
export const scannersOf = (clamd: ClamdAddress | null): readonly Scanner[] =>
  clamd === null ? [] : [clamdScanner(clamd)]
