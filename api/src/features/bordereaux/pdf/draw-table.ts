import { setImmediate } from 'node:timers/promises'
import type { Block, Column } from './blocks.ts'
import { MARGIN, WIDTH, lineHeight, type Sheet } from './sheet.ts'

/** Rows after which other requests get their turn. */
const ROWS_AT_ONCE = 20

const SIZE = 9.5
const PADDING = { x: 5, y: 4 } as const

interface Placed {
  readonly x: number
  readonly width: number
}

function place(columns: readonly Column[]): readonly Placed[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x: number = MARGIN.left
  return columns.map(({ share }) => {
    const width = (WIDTH * share) / shares
    const placed = { x, width }
    x += width
    return placed
  })
}

interface Row {
  readonly cells: readonly (readonly string[])[]
  readonly height: number
}

function measure(sheet: Sheet, row: readonly string[], places: readonly Placed[], bold: boolean): Row {
  const cells = places.map(({ width }, index) =>
    sheet.setter.linesOf(row[index] ?? '', bold ? 'bold' : 'regular', SIZE, width - 2 * PADDING.x),
  )
  const lines = Math.max(...cells.map((cell) => cell.length))
  return { cells, height: lines * lineHeight(SIZE) + 2 * PADDING.y }
}

/** A table on as many pages as it takes; its head is told once, and shown again on each page. */
export async function drawTable(
  sheet: Sheet,
  block: Extract<Block, { kind: 'table' }>,
  newPage: () => void,
): Promise<void> {
  const places = place(block.columns)
  const head = measure(
    sheet,
    block.columns.map(({ title }) => title),
    places,
    true,
  )
  const table = sheet.element(sheet.root, 'Table')
  const draw = (row: Row, each: (lines: readonly string[], x: number, y: number, column: number) => void) => {
    row.cells.forEach((lines, column) => {
      each(lines, (places[column]?.x ?? 0) + PADDING.x, sheet.y + PADDING.y, column)
    })
    sheet.y += row.height
  }

  const headRow = sheet.element(sheet.element(table, 'THead'), 'TR')
  draw(head, (lines, x, y) =>
    sheet.lines(sheet.element(headRow, 'TH', { scope: 'Column' }), lines, x, y, {
      weight: 'bold',
      size: SIZE,
    }),
  )
  sheet.rule(sheet.y, 1)
  const body = sheet.element(table, 'TBody')
  for (const [rank, cells] of block.rows.entries()) {
    if (rank % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate()
    const row = measure(sheet, cells, places, false)
    if (!sheet.hasRoom(row.height)) {
      newPage()
      draw(head, (lines, x, y) =>
        sheet.artifact('Pagination', () => {
          lines.forEach((line, index) =>
            sheet.draw(line, x, y + index * lineHeight(SIZE), { weight: 'bold', size: SIZE }),
          )
        }),
      )
      sheet.rule(sheet.y, 1)
    }
    const element = sheet.element(body, 'TR')
    draw(row, (lines, x, y, column) => {
      const type = column === 0 ? 'TH' : 'TD'
      const cell = sheet.element(element, type, column === 0 ? { scope: 'Row' } : {})
      if (lines.join('') !== '') sheet.lines(cell, lines, x, y, { size: SIZE })
    })
    sheet.rule(sheet.y, 0.25)
  }
}
