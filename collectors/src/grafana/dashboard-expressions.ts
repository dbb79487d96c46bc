import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'

/** One PromQL expression, and where it is written. */
export interface DashboardExpression {
  readonly dashboard: string
  readonly place: string
  readonly expr: string
}

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row'

/** Every panel of a dashboard, those of closed rows too. */
export const panelsOf = ({ panels = [] }: Pick<Dashboard, 'panels'>): Panel[] =>
  panels.flatMap((panel) => (isRow(panel) ? panel.panels : [panel]))

const exprOf = (query: object | undefined): string[] =>
  query && 'expr' in query && typeof query.expr === 'string' ? [query.expr] : []

const SERIES = /^label_values\((.+), \w+\)$/

/** Every PromQL expression of a dashboard: panels, annotations, and the series that variables list labels of. */
export function expressionsOf(dashboard: Dashboard): DashboardExpression[] {
  const found = (place: string, exprs: readonly string[]) =>
    exprs.map((expr) => ({ dashboard: dashboard.uid ?? '', place, expr }))
  const variables = (dashboard.templating.list ?? []).flatMap(({ name, definition }) =>
    found(`variable ${name}`, (definition && SERIES.exec(definition)?.slice(1, 2)) || []),
  )
  const annotations = (dashboard.annotations.list ?? []).flatMap(({ name, target }) =>
    found(`annotation ${name}`, exprOf(target)),
  )
  const panels = panelsOf(dashboard).flatMap(({ title, targets = [] }) =>
    found(`panel ${title}`, targets.flatMap(exprOf)),
  )
  return [...variables, ...annotations, ...panels]
}
