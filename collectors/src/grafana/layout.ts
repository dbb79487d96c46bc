import type { GridPos, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'

const COLUMNS = 24

/** A row of panels whose widths and heights are known. */
export interface RowToPlace {
  readonly title: string
  readonly collapsed: boolean
  readonly panels: readonly Panel[]
}

const sizeOf = ({ gridPos, title }: Panel): GridPos => {
  if (!gridPos || gridPos.w < 1 || gridPos.w > COLUMNS || gridPos.h < 1) {
    throw new Error(`The panel « ${title} » has no size that fits the grid.`)
  }
  return gridPos
}

/** Places panels from left to right, on as many lines as it takes. Out: the panels, and where the next line starts. */
function placePanels(panels: readonly Panel[], top: number): { placed: Panel[]; bottom: number } {
  let [x, y, tallest] = [0, top, 0]
  const placed = panels.map((panel) => {
    const { w, h } = sizeOf(panel)
    if (x + w > COLUMNS) [x, y, tallest] = [0, y + tallest, 0]
    const gridPos = { h, w, x, y }
    x += w
    tallest = Math.max(tallest, h)
    return { ...panel, gridPos }
  })
  return { placed, bottom: y + tallest }
}

/**
 * Gives every panel and row its place and its id. A closed row holds its panels, placed as if it were open, as Grafana
 * keeps them. Out: what `panels` of a dashboard is.
 */
export function placeRows(rows: readonly RowToPlace[]): (Panel | RowPanel)[] {
  let [y, lastId] = [0, 0]
  const nextId = () => (lastId += 1)
  return rows.flatMap((row): (Panel | RowPanel)[] => {
    const header = {
      type: 'row' as const,
      id: nextId(),
      title: row.title,
      collapsed: row.collapsed,
      gridPos: { h: 1, w: COLUMNS, x: 0, y },
    }
    const { placed, bottom } = placePanels(row.panels, y + 1)
    const panels = placed.map((panel) => ({ ...panel, id: nextId() }))
    y = row.collapsed ? y + 1 : bottom
    return row.collapsed ? [{ ...header, panels }] : [{ ...header, panels: [] }, ...panels]
  })
}
