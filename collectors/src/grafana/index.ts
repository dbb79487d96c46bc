export { contactPointsYaml, grafanaRulesYaml } from './alerting-provisioning.ts'
export { assembleDashboard, type AssembleOptions } from './assemble.ts'
export { expressionsOf, type DashboardExpression } from './dashboard-expressions.ts'
export { dashboardFiles, type DashboardFile } from './dashboard-json.ts'
export { DASHBOARDS } from './dashboards/index.ts'
export type { DashboardDefinition } from './definition.ts'
export {
  ensureFolder,
  GrafanaRefusal,
  publishDashboard,
  type GrafanaAccess,
  type PublishedDashboard,
} from './publish.ts'
