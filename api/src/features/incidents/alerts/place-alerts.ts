import { schema, type Tx } from '@vigie/db'
import { concernOf, incidentIdentity, parseUai, severityOf, type AlertArrival } from '@vigie/rules'
import { and, eq, inArray } from 'drizzle-orm'
import type { IncidentPlace } from '../life/incident-place.ts'
import type { WebhookAlert } from './schema.ts'

export interface PlacedAlert {
  readonly alert: WebhookAlert
  readonly startsAt: Date
  /** Null while it fires. */
  readonly endsAt: Date | null
  readonly place: IncidentPlace
  readonly requirement: string | null
  readonly service: string | null
  readonly machineId: string | null
  readonly arrival: AlertArrival
}

const NOWHERE = { circonscription: null, bassin: null, collectivite: null, uai: null, degree: null } as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const valuesOf = (alerts: readonly WebhookAlert[], label: string): string[] => [
  ...new Set(alerts.flatMap(({ labels }) => labels[label] ?? [])),
]

const uaiOf = ({ labels }: WebhookAlert): string | null => parseUai(labels['uai'] ?? '')

async function etablissementsOf(tx: Tx, academie: string, uais: readonly string[]) {
  const { etablissement: e } = schema
  if (uais.length === 0) return new Map<string, IncidentPlace>()
  const rows = await tx
    .select({
      academie: e.academie,
      departement: e.departement,
      circonscription: e.circonscription,
      bassin: e.bassin,
      collectivite: e.collectivite,
      uai: e.uai,
      degree: e.degree,
    })
    .from(e)
    .where(and(eq(e.academie, academie), inArray(e.uai, [...uais])))
  return new Map<string, IncidentPlace>(rows.map((row) => [row.uai, row]))
}

async function departementsOf(
  tx: Tx,
  academie: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { etablissement: e } = schema
  if (codes.length === 0) return new Set()
  const rows = await tx
    .selectDistinct({ code: e.departement })
    .from(e)
    .where(and(eq(e.academie, academie), inArray(e.departement, [...codes])))
  return new Set(rows.map(({ code }) => code))
}

async function machinesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { machine } = schema
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: machine.id, uai: machine.uai })
    .from(machine)
    .where(inArray(machine.id, [...ids]))
  return new Map(rows.map(({ id, uai }) => [id, uai]))
}

/** What makes the repeats of one firing one alert. */
export const alertKey = (fingerprint: string, startsAt: Date): string =>
  `${fingerprint} ${startsAt.getTime()}`

/**
 * In: alerts, the académie of the token. Out: where each is and what it is about, as far as the annuaire, the parc and
 * the catalogue know it; what they do not know is left at the académie, or without a link.
 */
export async function placeAlerts(
  tx: Tx,
  academie: string,
  alerts: readonly WebhookAlert[],
): Promise<PlacedAlert[]> {
  const etablissements = await etablissementsOf(
    tx,
    academie,
    alerts.flatMap((alert) => uaiOf(alert) ?? []),
  )
  const departements = await departementsOf(tx, academie, valuesOf(alerts, 'departement'))
  const machines = await machinesOf(
    tx,
    valuesOf(alerts, 'machine').flatMap((id) => (UUID.test(id) ? [id.toLowerCase()] : [])),
  )
  return alerts.map((alert) => {
    const { labels, status, fingerprint } = alert
    const etablissement = etablissements.get(uaiOf(alert) ?? '')
    const named = labels['departement']
    const departement = named !== undefined && departements.has(named) ? named : null
    const place = etablissement ?? { ...NOWHERE, academie, departement }
    const { requirement, service } = concernOf(labels)
    const machineId = (labels['machine'] ?? '').toLowerCase()
    const startsAt = new Date(alert.startsAt)
    return {
      alert,
      startsAt,
      endsAt: status === 'resolved' && alert.endsAt !== undefined ? new Date(alert.endsAt) : null,
      place,
      requirement,
      service,
      machineId: place.uai !== null && machines.get(machineId) === place.uai ? machineId : null,
      arrival: {
        key: alertKey(fingerprint, startsAt),
        identity: incidentIdentity(labels['alertname'] ?? '', {
          departement: place.departement,
          uai: place.uai,
          service,
        }),
        status,
        severity: severityOf(labels['severity']),
      },
    }
  })
}
