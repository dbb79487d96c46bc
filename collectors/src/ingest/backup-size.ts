export interface DailySize {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly sizeBytes: number
}

export interface SizeNote {
  readonly kind: 'drop' | 'growth'
  /** Newest size over the usual one. */
  readonly factor: number
}

const USUAL_DAYS = 14
const DROP = 0.5
const GROWTH = 2

/**
 * In: sizes, oldest first. Out: a sudden change of the newest against the median of the fortnight before; null when
 * there is none, or too little to compare. A drop may be a loss, a growth the encryption of every file by a rogue.
 */
export function suddenChange(sizes: readonly DailySize[]): SizeNote | null {
  const last = sizes.at(-1)
  const before = sizes.slice(0, -1).slice(-USUAL_DAYS)
  if (!last || before.length < 3) return null
  const usual = before.map(({ sizeBytes }) => sizeBytes).toSorted((a, b) => a - b)[
    Math.floor(before.length / 2)
  ]
  if (!usual) return null
  const factor = last.sizeBytes / usual
  if (factor <= DROP) return { kind: 'drop', factor }
  return factor >= GROWTH ? { kind: 'growth', factor } : null
}
