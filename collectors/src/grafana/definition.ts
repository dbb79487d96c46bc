import type {
  AnnotationQuery,
  DashboardLink,
  Panel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'

export interface DashboardRow {
  readonly title: string
  /** Closed at first: what is looked at only to go further. */
  readonly collapsed?: boolean
  readonly panels: readonly Panel[]
}

/** What a dashboard says, before it is put together: ids and places are given then. */
export interface DashboardDefinition {
  /** Also the name of its file. */
  readonly uid: `vigie-${string}`
  readonly title: string
  /** For whom, and to decide what. */
  readonly description: string
  /** How far back it looks at first, as Grafana writes it: `now-1h`. */
  readonly from: string
  /** How often it is read again, as Grafana writes it. */
  readonly refresh: string
  readonly variables: readonly VariableModel[]
  readonly annotations: readonly AnnotationQuery[]
  readonly links: readonly DashboardLink[]
  readonly rows: readonly DashboardRow[]
}
