import type { Share } from '#lib/format.ts'
import { STATUSES, statusOf, type Status } from '#lib/status.ts'

/** One cell as it travels to the browser: rank of the status, numerator, denominator (0: pas de donnée). */
export type PackedCell = readonly [status: number, numerator: number, denominator: number]

export interface MosaicRow {
  readonly uai: string
  readonly name: string
  readonly typeLabel: string
  readonly commune: string
  readonly index: number | null
  readonly exige: Share | null
  readonly coverage: Share | null
  readonly cells: readonly PackedCell[]
}

interface ListedRow extends Omit<MosaicRow, 'cells'> {
  readonly services: readonly { readonly share: Share | null; readonly status: string }[]
}

/** In: a row of the API. Out: what the mosaic draws, and no more: 3,000 cells cross the network at once. */
export const packRow = (row: ListedRow): MosaicRow => ({
  uai: row.uai,
  name: row.name,
  typeLabel: row.typeLabel,
  commune: row.commune,
  index: row.index,
  exige: row.exige,
  coverage: row.coverage,
  cells: row.services.map(({ share, status }) => [
    STATUSES.indexOf(statusOf(status)),
    share?.numerator ?? 0,
    share?.denominator ?? 0,
  ]),
})

export interface Cell {
  readonly status: Status
  readonly share: Share | null
}

/** In: a packed cell. Out: its status and share. */
export const unpackCell = ([rank, numerator, denominator]: PackedCell): Cell => ({
  status: STATUSES[rank] ?? 'unknown',
  share: denominator === 0 ? null : { numerator, denominator, rate: numerator / denominator },
})
