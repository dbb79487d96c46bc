import type { Role } from '@vigie/db/schema'
import type { NewIncidentInput } from '../../incidents/schema.ts'

export type Place = 'academie' | 'college' | 'ecole'

/** What was done, so many minutes after the beginning. */
export type Act = { readonly after: number } & (
  | { readonly act: 'acknowledge'; readonly by: Role }
  | { readonly act: 'assign'; readonly by: Role; readonly to: Role }
  | { readonly act: 'comment' | 'resolve'; readonly by: Role; readonly comment: string }
  /** The alert ends, or begins again; it had lasted so many minutes. */
  | { readonly act: 'end' | 'again'; readonly lasted: number }
)

export interface PlannedAlert {
  readonly name: string
  readonly severity: 'critical' | 'warning' | 'info'
  readonly labels: Readonly<Record<string, string>>
  readonly summary: string
  readonly description: string
}

interface Planned {
  readonly minutesAgo: number
  readonly place: Place
  readonly acts: readonly Act[]
}
export type PlannedIncident = Planned &
  (
    | { readonly alert: PlannedAlert }
    | { readonly request: { readonly by: Role; readonly input: Omit<NewIncidentInput, 'uai'> } }
  )

const DAY = 1_440
const HOUR = 60

const serviceDown = (service: string, what: string): PlannedAlert => ({
  name: 'EtablissementServiceDown',
  severity: 'warning',
  labels: { service, requirement: 'MCO-SEI-1' },
  summary: `${what} ne répond plus`,
  description: 'Aucune sonde n’a reçu de réponse depuis cinq minutes.',
})
const BACKUPS: PlannedAlert = {
  name: 'BackupsLate',
  severity: 'warning',
  labels: { requirement: 'MCO-SVG-1' },
  summary: 'La sauvegarde est en retard',
  description: 'La dernière sauvegarde réussie a plus de trois jours.',
}
const SPRAY: PlannedAlert = {
  name: 'OtpPasswordSpray',
  severity: 'critical',
  labels: { requirement: 'INF-AUT-13' },
  summary: 'Des codes faux sont essayés sur de nombreux porteurs',
  description: 'Le nombre de porteurs refusés sur deux minutes dépasse le seuil de l’académie.',
}
const CERTIFICATE: PlannedAlert = {
  name: 'CertificateExpiring',
  severity: 'warning',
  labels: { requirement: 'INF-SEC-1', service: 'INF-SEC' },
  summary: 'Un certificat expire dans douze jours',
  description: 'Renouvelez le certificat du serveur avant son échéance.',
}

export const ALERTS: readonly PlannedIncident[] = [
  {
    minutesAgo: 34 * DAY,
    place: 'college',
    alert: serviceDown('INF-SEC', 'Le pare-feu'),
    acts: [
      { after: 12, act: 'acknowledge', by: 'referent' },
      { after: 55, act: 'end', lasted: 55 },
    ],
  },
  {
    minutesAgo: 21 * DAY,
    place: 'college',
    alert: BACKUPS,
    acts: [
      { after: 2 * HOUR, act: 'acknowledge', by: 'collectivite' },
      { after: 2 * HOUR, act: 'assign', by: 'collectivite', to: 'collectivite' },
      {
        after: 26 * HOUR,
        act: 'resolve',
        by: 'collectivite',
        comment: 'Disque de sauvegarde remplacé, la sauvegarde de la nuit a réussi.',
      },
      { after: 30 * HOUR, act: 'end', lasted: 30 * HOUR },
    ],
  },
  {
    minutesAgo: 12 * DAY,
    place: 'college',
    alert: serviceDown('INF-PDT', 'Le serveur pédagogique'),
    acts: [
      { after: 9, act: 'end', lasted: 9 },
      { after: 18, act: 'again', lasted: 0 },
      { after: 25, act: 'acknowledge', by: 'referent' },
      {
        after: 40,
        act: 'comment',
        by: 'referent',
        comment: 'Alimentation instable dans la baie, onduleur à revoir.',
      },
      { after: 58, act: 'end', lasted: 40 },
    ],
  },
  {
    minutesAgo: 3 * DAY,
    place: 'academie',
    alert: SPRAY,
    acts: [
      { after: 1, act: 'acknowledge', by: 'rssi' },
      {
        after: 6,
        act: 'comment',
        by: 'rssi',
        comment: 'Source bloquée au pare-feu du rectorat, aucun code accepté.',
      },
      { after: 11, act: 'end', lasted: 11 },
    ],
  },
  {
    minutesAgo: 5 * HOUR,
    place: 'college',
    alert: serviceDown('INF-SEC', 'Le pare-feu'),
    acts: [
      { after: 14, act: 'acknowledge', by: 'assistance' },
      { after: 16, act: 'assign', by: 'assistance', to: 'collectivite' },
      { after: 95, act: 'comment', by: 'collectivite', comment: 'Technicien sur place à 14 heures.' },
    ],
  },
  { minutesAgo: 100, place: 'academie', alert: CERTIFICATE, acts: [] },
  { minutesAgo: 25, place: 'ecole', alert: BACKUPS, acts: [] },
]

export const REQUESTS: readonly PlannedIncident[] = [
  {
    minutesAgo: 6 * DAY,
    place: 'college',
    request: {
      by: 'chef_etablissement',
      input: {
        origin: 'request',
        title: 'Deux postes de plus en salle des professeurs',
        description:
          'Les postes existants sont pris à chaque récréation, deux machines de réserve suffiraient.',
        severity: 'info',
        service: 'INF-PDT',
        requirement: null,
        machineId: null,
      },
    },
    acts: [
      { after: 3 * HOUR, act: 'acknowledge', by: 'collectivite' },
      {
        after: 27 * HOUR,
        act: 'resolve',
        by: 'collectivite',
        comment: 'Deux postes de la réserve départementale livrés et raccordés.',
      },
    ],
  },
  {
    minutesAgo: DAY,
    place: 'ecole',
    request: {
      by: 'directeur_ecole',
      input: {
        origin: 'request',
        title: 'Accès à la messagerie pour une remplaçante',
        description: 'La remplaçante arrivée lundi ne reçoit pas encore les messages de l’école.',
        severity: 'warning',
        service: 'UTI-MSG',
        requirement: null,
        machineId: null,
      },
    },
    acts: [{ after: 4 * HOUR, act: 'acknowledge', by: 'assistance' }],
  },
  {
    minutesAgo: 3 * HOUR,
    place: 'college',
    request: {
      by: 'referent',
      input: {
        origin: 'report',
        title: 'Imprimante de la vie scolaire hors service',
        description: 'Bourrage permanent depuis ce matin, le fournisseur n’est pas encore prévenu.',
        severity: 'info',
        service: 'INF-PDT',
        requirement: null,
        machineId: null,
      },
    },
    acts: [],
  },
]
