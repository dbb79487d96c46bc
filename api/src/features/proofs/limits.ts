export const MEBIBYTE = 1024 * 1024

/** Form around the file: its separators and its short fields. */
export const FORM_BYTES = 64 * 1024

/** Read and forgotten of a body that is refused, before the connection is given up. */
export const DISCARDED_BYTES = 32 * MEBIBYTE

/** Of a plain text, which is read character by character; nobody reads a longer one. */
export const TEXT_BYTES = MEBIBYTE

/** Bounds of what a file that is a container (OOXML, ODF) may hold, nested ones included. */
export const CONTAINER = {
  entries: 2_000,
  inflatedBytes: 100 * MEBIBYTE,
  /** One part read into memory: the list of parts, a nested document. */
  partBytes: 10 * MEBIBYTE,
  /** Inflated over deflated; small parts of plain XML deflate very well, hence the floor. */
  ratio: 200,
  ratioFloorBytes: MEBIBYTE,
  /** A chart keeps its own workbook; nothing honest goes deeper. */
  depth: 1,
} as const

/** Uploads under way in this process; others wait, then are asked to come back. */
export const UPLOADS = { atOnce: 4, perPerson: 2, waiting: 16, waitMs: 15_000 } as const
