import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge'
import type { GraphFieldConfig } from '@grafana/grafana-foundation-sdk/common'
import type {
  Dashboard,
  FieldConfig,
  FieldConfigSource,
  Panel,
  RowPanel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap'
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus'
import type * as stat from '@grafana/grafana-foundation-sdk/stat'
import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline'
import type * as table from '@grafana/grafana-foundation-sdk/table'
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'

/** What JSON holds of a type of the SDK: values instead of enums, no method. */
export type Plain<T> = 0 extends 1 & T
  ? unknown
  : T extends string
    ? `${T}`
    : T extends number
      ? `${T}` extends `${infer Value extends number}`
        ? Value
        : never
      : T extends readonly (infer Item)[]
        ? Plain<Item>[]
        : T extends object
          ? { [Key in keyof T as T[Key] extends () => void ? never : Key]: Plain<T[Key]> }
          : T

type Place = 'id' | 'title' | 'description' | 'gridPos' | 'datasource'

/** A panel whose options, fields and queries are known, where the SDK's own type says « anything ». */
type PanelOf<Type extends string, Options, Custom> = Omit<
  Plain<Panel>,
  'type' | 'options' | 'fieldConfig' | 'targets' | Place
> & {
  type: Type
  options: Plain<Options>
  fieldConfig: {
    defaults: Omit<Plain<FieldConfig>, 'custom' | 'unit'> & { unit: string; custom?: Plain<Custom> }
    overrides: Plain<FieldConfigSource['overrides']>
  }
  targets: Plain<Dataquery>[]
} & { [Key in Place]-?: Exclude<Plain<Panel>[Key], undefined> }

type KnownPanel =
  | PanelOf<'stat', stat.Options, never>
  | PanelOf<'timeseries', timeseries.Options, GraphFieldConfig>
  | PanelOf<'bargauge', bargauge.Options, never>
  | PanelOf<'state-timeline', statetimeline.Options, statetimeline.FieldConfig>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | PanelOf<'table', table.Options, Partial<table.FieldConfig>>

type KnownRow = Omit<Plain<RowPanel>, 'panels'> & { panels: KnownPanel[] }

/** A dashboard as its JSON must be: the SDK's schema, without what it leaves open. */
export type DashboardJson = Omit<Plain<Dashboard>, 'panels' | 'templating' | 'annotations'> & {
  uid: string
  panels: (KnownRow | KnownPanel)[]
  templating: { list: Plain<VariableModel>[] }
  annotations: {
    list: (Omit<NonNullable<Plain<Dashboard>['annotations']['list']>[number], 'target'> & {
      target: Plain<Dataquery>
    })[]
  }
}
