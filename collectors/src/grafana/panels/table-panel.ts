import { TableCellDisplayMode, TableCellHeight } from '@grafana/grafana-foundation-sdk/common'
import {
  ThresholdsMode,
  type DynamicConfigValue,
  type Panel,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { finishPanel, refIdOf, vigieLink, type PanelSpec, type VigieLink } from './panel.ts'

/** A column that names the row: a label of the series. */
export interface LabelColumn {
  readonly label: string
  readonly title: string
  readonly link?: VigieLink
  readonly mappings?: readonly ValueMapping[]
}

/** A column of numbers: an expression that has every label of `labels` and no other. */
export interface ValueColumn {
  readonly expr: string
  readonly title: string
  readonly unit: string
  readonly decimals?: number
  readonly thresholds?: readonly Threshold[]
  readonly mappings?: readonly ValueMapping[]
}

export interface TableSpec extends Omit<
  PanelSpec,
  'queries' | 'unit' | 'thresholds' | 'mappings' | 'overrides'
> {
  readonly labels: readonly LabelColumn[]
  readonly values: readonly ValueColumn[]
  /** Title of the column that orders the rows at first; the highest on top unless `ascending`. */
  readonly sortBy?: string
  readonly ascending?: boolean
}

function labelProperties({ link, mappings }: LabelColumn): DynamicConfigValue[] {
  return [
    ...(link ? [{ id: 'links', value: [vigieLink(link).build()] }] : []),
    ...(mappings ? [{ id: 'mappings', value: mappings }] : []),
  ]
}

function valueProperties({ unit, decimals, thresholds, mappings }: ValueColumn): DynamicConfigValue[] {
  return [
    { id: 'unit', value: unit },
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(mappings ? [{ id: 'mappings', value: mappings }] : []),
    ...(thresholds
      ? [
          { id: 'thresholds', value: { mode: ThresholdsMode.Absolute, steps: thresholds } },
          { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
        ]
      : []),
  ]
}

/** One row per combination of labels, as they are now. */
export function tablePanel({ labels, values, sortBy, ascending = false, ...spec }: TableSpec): Panel {
  const fieldOf = (index: number) => (values.length > 1 ? `Value #${refIdOf(index)}` : 'Value')
  const fields = [
    ...labels.map(({ label, title }) => [label, title] as const),
    ...values.map(({ title }, index) => [fieldOf(index), title] as const),
  ]
  const builder = new PanelBuilder()
    .showHeader(true)
    .cellHeight(TableCellHeight.Sm)
    .filterable(true)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(fields.map(([field], index) => [field, index])),
        renameByName: Object.fromEntries(fields),
      },
    })
  if (sortBy) builder.sortBy([{ build: () => ({ displayName: sortBy, desc: !ascending }) }])
  const overrides = Object.fromEntries(
    [
      ...labels.map((column) => [column.title, labelProperties(column)] as const),
      ...values.map((column) => [column.title, valueProperties(column)] as const),
    ].filter(([, properties]) => properties.length > 0),
  )
  return finishPanel(
    builder,
    { ...spec, unit: 'short', overrides, queries: values.map(({ expr }) => ({ expr })) },
    'table',
  )
}
