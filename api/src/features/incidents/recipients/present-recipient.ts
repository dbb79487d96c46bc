import { INCIDENT_SEVERITY_LABELS } from '@vigie/rules'
import type { schema } from '@vigie/db'
import { departementName } from '../../etablissements/labels.ts'
import type { IncidentRecipient } from '../schema.ts'

/** In: a row. Out: who is told, and of what. */
export const presentRecipient = (row: typeof schema.incidentRecipient.$inferSelect): IncidentRecipient => ({
  academie: row.academie,
  mail: row.mail,
  severity: row.severity,
  severityLabel: INCIDENT_SEVERITY_LABELS[row.severity],
  departement: row.departement,
  departementName: row.departement === null ? null : departementName(row.departement),
  createdAt: row.createdAt.toISOString(),
})
