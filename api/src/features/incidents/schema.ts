import { z } from '@hono/zod-openapi'
import {
  INCIDENT_ACTIONS,
  INCIDENT_ORIGINS,
  INCIDENT_SEVERITIES,
  INCIDENT_STATES,
  PARTIES,
  SERVICE_IDS,
  isRequirementId,
} from '@vigie/rules'

const words = (name: string, min: number, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères, pour qu’un autre comprenne` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })
const comment = words('comment', 3, 4_000)
const uai = z.string({ error: 'uai : attendu un UAI, par exemple 0990001N' }).trim().max(20)
const severity = z.enum(INCIDENT_SEVERITIES, { error: 'severity : attendu critical, warning ou info' })
const service = z.enum(SERVICE_IDS, { error: 'service : attendu un service de CARINE, comme INF-SEC' })
const requirement = z.string().refine(isRequirementId, {
  error: 'requirement : attendu un identifiant de CARINE, comme INF-PDT-8',
})
const party = z.enum(PARTIES, { error: 'party : attendu etablissement, collectivite ou academie' })
const machineId = z.uuid({ error: 'machineId : attendu l’identifiant d’une machine du parc' })
const instant = z.iso.datetime()
const count = z.number().int()
const seconds = z.number().int().nullable()
const person = z.object({ id: z.uuid(), name: z.string() })

export const incidentParams = z.object({ id: z.uuid({ error: 'identifiant d’incident incorrect' }) })

export const incidentsQuery = z.object({
  state: z
    .enum(['unresolved', ...INCIDENT_STATES])
    .optional()
    .openapi({
      description: '`unresolved` : ouverts ou pris en compte ; absent : tous',
    }),
  origin: z.enum(INCIDENT_ORIGINS).optional(),
  severity: z.enum(INCIDENT_SEVERITIES).optional(),
  party: z.enum(PARTIES).optional(),
  uai: z.string().trim().max(20).optional(),
  departement: z.string().trim().max(3).optional(),
  mine: z.enum(['true', 'false']).optional().openapi({ description: '`true` : ceux qui me sont confiés' }),
  q: z.string().max(200).optional().openapi({
    description: 'Mots du titre, de la description, de l’alerte ou de l’établissement, ou numéro',
  }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

const labelled = z.object({ code: z.string(), label: z.string(), count })

export const incidentRowSchema = z
  .object({
    id: z.uuid(),
    number: count,
    title: z.string(),
    origin: z.enum(INCIDENT_ORIGINS),
    originLabel: z.string(),
    severity: z.enum(INCIDENT_SEVERITIES),
    severityLabel: z.string(),
    state: z.enum(INCIDENT_STATES),
    stateLabel: z.string(),
    party: z.enum(PARTIES),
    partyLabel: z.string(),
    academie: z.string(),
    academieName: z.string(),
    departement: z.string().nullable(),
    departementName: z.string().nullable(),
    uai: z.string().nullable(),
    etablissementName: z.string().nullable(),
    commune: z.string().nullable(),
    /** « Collège des Essais, Brumeval », « Haute-Brume », « Académie de Valmont ». */
    placeLabel: z.string(),
    service: z.string().nullable(),
    serviceName: z.string().nullable(),
    requirement: z.string().nullable(),
    alertName: z.string().nullable(),
    assignee: person.nullable(),
    occurrences: count,
    openedAt: instant,
    lastSeenAt: instant,
    acknowledgedAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    /** Since it was opened, until it was resolved or now. */
    ageSeconds: count,
    timeToAcknowledge: seconds,
    timeToResolve: seconds,
    /** When it stops being on time, from the delay of its severity. */
    dueAt: instant,
    late: z.boolean(),
  })
  .openapi('IncidentRow')

export const incidentsSchema = z
  .object({
    total: count,
    page: count,
    pageSize: count,
    states: z.array(labelled).openapi({ description: 'Sous les autres filtres que l’état' }),
    severities: z.array(labelled).openapi({ description: 'Sous les autres filtres que la gravité' }),
    origins: z.array(labelled).openapi({ description: 'Sous les autres filtres que l’origine' }),
    rows: z.array(incidentRowSchema),
  })
  .openapi('Incidents')

const alertSchema = z.object({
  fingerprint: z.string(),
  status: z.enum(['firing', 'resolved']),
  statusLabel: z.string(),
  startsAt: instant,
  endsAt: instant.nullable(),
  receivedAt: instant,
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  generatorUrl: z.string().nullable(),
  runbookUrl: z.string().nullable(),
})

const eventSchema = z.object({
  id: count,
  at: instant,
  kind: z.string(),
  /** French sentence without its author: « Confié à Ambre Vauquelin ». */
  label: z.string(),
  /** Null: Vigie itself. */
  author: z.string().nullable(),
  comment: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})

const ticketSchema = z.object({
  connectorId: z.uuid(),
  connectorName: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  status: z.string().nullable(),
  createdAt: instant,
  followedAt: instant,
  closedAt: instant.nullable(),
})

export const incidentSchema = incidentRowSchema
  .extend({
    description: z.string(),
    requirementStatement: z.string().nullable(),
    machine: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    openedBy: z.string().nullable().openapi({ description: 'Null : ouvert par une alerte' }),
    acknowledgedBy: z.string().nullable(),
    resolvedBy: z.string().nullable().openapi({ description: 'Null : la fin de l’alerte' }),
    runbookUrl: z.string().nullable(),
    firingAlerts: count,
    alerts: z.array(alertSchema).openapi({ description: 'Les 100 plus récentes, celles qui durent d’abord' }),
    alertsTotal: count,
    events: z.array(eventSchema).openapi({ description: 'Les 500 derniers, du plus ancien au plus récent' }),
    tickets: z.array(ticketSchema),
    actions: z
      .array(z.object({ action: z.enum(INCIDENT_ACTIONS), label: z.string(), comment: z.boolean() }))
      .openapi({ description: 'Ce que l’appelant peut faire maintenant ; `comment` : un texte est demandé' }),
  })
  .openapi('Incident')

export const newIncidentInput = z
  .object({
    origin: z.enum(['request', 'report'], {
      error: 'origin : attendu request (une demande) ou report (un signalement)',
    }),
    uai: uai.nullable(),
    title: words('title', 5, 200),
    description: words('description', 10, 4_000),
    severity: severity.default('warning'),
    service: service.nullable().default(null),
    requirement: requirement.nullable().default(null),
    machineId: machineId.nullable().default(null),
  })
  .openapi('NewIncident')

export const assignmentInput = z
  .object({
    accountId: z.uuid({ error: 'accountId : attendu un compte, ou null pour ne plus confier' }).nullable(),
  })
  .openapi('IncidentAssignment')
export const commentInput = z.object({ comment }).openapi('IncidentComment')
export const changeInput = z
  .object({
    severity: severity.optional(),
    uai: uai.nullable().optional(),
    requirement: requirement.nullable().optional(),
    machineId: machineId.nullable().optional(),
    party: party.optional(),
  })
  .openapi('IncidentChange')

export const assigneesSchema = z
  .object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        roleLabel: z.string(),
        perimeterLabel: z.string(),
        assigned: z.boolean(),
      }),
    ),
  })
  .openapi('IncidentAssignees')

const mail = z
  .string({ error: 'mail : attendu une adresse' })
  .trim()
  .toLowerCase()
  .max(200)
  .pipe(z.email({ error: 'mail : attendu une adresse, par exemple astreinte@exemple.fr' }))
export const incidentRecipientInput = z
  .object({
    mail,
    severity,
    departement: z.string().trim().min(1).max(3).nullable().default(null),
    academie: z.string().trim().max(3).optional(),
  })
  .openapi('IncidentRecipientInput')
export const incidentRecipientParams = z.object({ mail })
export const incidentRecipientSchema = z
  .object({
    academie: z.string(),
    mail: z.string(),
    severity: z.enum(INCIDENT_SEVERITIES),
    severityLabel: z.string(),
    departement: z.string().nullable(),
    departementName: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('IncidentRecipient')
export const incidentRecipientsSchema = z.object({
  mailConfigured: z.boolean(),
  rows: z.array(incidentRecipientSchema),
})

/** `count` of `of` incidents went through; null figures without any. */
const timing = z.object({
  count,
  of: count,
  meanSeconds: z.number().nullable(),
  medianSeconds: z.number().nullable(),
})
export const incidentFiguresSchema = z
  .object({
    days: count,
    since: instant,
    open: z.object({ total: count, late: count, bySeverity: z.array(labelled), byOrigin: z.array(labelled) }),
    oldestOpen: z
      .object({ id: z.uuid(), number: count, title: z.string(), openedAt: instant, ageSeconds: count })
      .nullable(),
    acknowledge: timing,
    resolve: timing,
    groups: z.array(
      z.object({
        severity: z.enum(INCIDENT_SEVERITIES),
        severityLabel: z.string(),
        origin: z.enum(INCIDENT_ORIGINS),
        originLabel: z.string(),
        acknowledge: timing,
        resolve: timing,
      }),
    ),
  })
  .openapi('IncidentFigures')

export type IncidentsQuery = z.infer<typeof incidentsQuery>
export type IncidentList = z.infer<typeof incidentsSchema>
export type IncidentRow = z.infer<typeof incidentRowSchema>
export type IncidentDetail = z.infer<typeof incidentSchema>
export type NewIncidentInput = z.infer<typeof newIncidentInput>
export type AssignmentInput = z.infer<typeof assignmentInput>
export type CommentInput = z.infer<typeof commentInput>
export type ChangeInput = z.infer<typeof changeInput>
export type Assignees = z.infer<typeof assigneesSchema>
export type IncidentRecipientInput = z.infer<typeof incidentRecipientInput>
export type IncidentRecipient = z.infer<typeof incidentRecipientSchema>
export type IncidentFigures = z.infer<typeof incidentFiguresSchema>
