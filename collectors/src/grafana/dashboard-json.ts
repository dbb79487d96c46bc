import { assembleDashboard, type AssembleOptions } from './assemble.ts'
import { DASHBOARDS } from './dashboards/index.ts'

export interface DashboardFile {
  /** `<uid>.json` */
  readonly name: string
  readonly content: string
}

/** Out: the file of each dashboard, as Grafana's provisioning reads it. */
export const dashboardFiles = (options: AssembleOptions): DashboardFile[] =>
  DASHBOARDS.map((definition) => ({
    name: `${definition.uid}.json`,
    content: `${JSON.stringify(assembleDashboard(definition, options), null, 2)}\n`,
  }))
