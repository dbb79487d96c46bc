import type { DashboardRow } from '../definition.ts'
import { alertsTable, alertsTimeline } from './alerts-panels.ts'

const spec = { selector: 'alertname=~"Otp.+"', width: 12, height: 8 }

export const alertsRow: DashboardRow = {
  title: 'Alertes',
  panels: [alertsTimeline(spec), alertsTable(spec)],
}
