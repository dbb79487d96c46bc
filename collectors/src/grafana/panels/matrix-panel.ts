import { TableCellDisplayMode, TableCellHeight } from '@grafana/grafana-foundation-sdk/common'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { finishPanel, type PanelSpec } from './panel.ts'

export interface MatrixSpec extends PanelSpec {
  /** Labels of the one query whose values become the rows and the columns. */
  readonly rows: string
  readonly columns: string
}

/** One query with two labels, as a grid of numbers on their status' colour. */
export function matrixPanel({ rows, columns, ...spec }: MatrixSpec): Panel {
  const builder = new PanelBuilder()
    .showHeader(true)
    .cellHeight(TableCellHeight.Sm)
    .cellOptions({ type: TableCellDisplayMode.ColorText })
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: rows, columnField: columns, valueField: 'Value', emptyValue: 'null' },
    })
  return finishPanel(builder, spec, 'table')
}
