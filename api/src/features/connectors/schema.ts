import { z } from '@hono/zod-openapi'
import { INCIDENT_SEVERITIES } from '@vigie/rules'

export const CONNECTOR_KINDS = ['webhook', 'glpi'] as const
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number]
export const DELIVERY_STATES = ['waiting', 'sent', 'given_up'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

const name = z
  .string({ error: 'name : attendu un nom' })
  .trim()
  .min(1, 'name : donnez un nom au connecteur')
  .max(120, 'name : 120 caractères au plus')
const url = z
  .string({ error: 'url : attendu une adresse, par exemple https://glpi.exemple.fr' })
  .trim()
  .max(500, 'url : 500 caractères au plus')
const severity = z
  .enum(INCIDENT_SEVERITIES, { error: 'severity : attendu critical, warning ou info' })
  .openapi({ description: 'Les incidents de cette gravité et au-dessus sont transmis' })
const allowHttp = z
  .boolean({ error: 'allowHttp : attendu true ou false' })
  .openapi({ description: 'Accepte une adresse http:// sans chiffrement' })
/** As HTTP headers carry them. */
const token = (field: string, shown: string) =>
  z
    .string({ error: `${field} : attendu ${shown}` })
    .trim()
    .regex(/^[\x21-\x7e]{8,200}$/, `${field} : ${shown} a entre 8 et 200 caractères, sans espace`)
const appToken = token('appToken', 'le jeton d’application de GLPI').openapi({
  description: 'Jeton d’application (App-Token) du client de l’API de GLPI',
})
const userToken = token('userToken', 'le jeton personnel d’un compte de GLPI').openapi({
  description: 'Jeton personnel (user_token) du compte au nom de qui Vigie écrit',
})
const identifier = (field: string) =>
  z
    .number({ error: `${field} : attendu le numéro donné par GLPI` })
    .int(`${field} : attendu un nombre entier`)
    .min(0, `${field} : attendu un nombre positif`)
    .max(2_147_483_647, `${field} : nombre trop grand`)
const entity = identifier('entity').openapi({ description: 'Entité de GLPI où les tickets sont créés' })
const category = identifier('category').openapi({ description: 'Catégorie ITIL des tickets' })
const resolveWithTicket = z
  .boolean({ error: 'resolveWithTicket : attendu true ou false' })
  .openapi({ description: 'Un ticket résolu ou clos résout l’incident' })
const solveTicket = z
  .boolean({ error: 'solveTicket : attendu true ou false' })
  .openapi({ description: 'Un incident résolu propose une solution sur le ticket' })

const glpiChoices = {
  entity: entity.nullable().default(null),
  category: category.nullable().default(null),
  resolveWithTicket: resolveWithTicket.default(false),
  solveTicket: solveTicket.default(false),
}
const target = {
  name,
  url,
  severity: severity.default('warning'),
  allowHttp: allowHttp.default(false),
  academie: z.string().trim().max(3, 'academie : code de trois caractères au plus').optional().openapi({
    description: 'Une des académies de son périmètre ; la première sinon',
  }),
}

export const newConnectorSchema = z
  .discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('webhook'), ...target }),
      z.object({
        kind: z.literal('glpi'),
        ...target,
        appToken: appToken.nullable().default(null),
        userToken,
        ...glpiChoices,
      }),
    ],
    { error: 'kind : attendu webhook ou glpi' },
  )
  .openapi('NewConnector')

export const connectorChangeSchema = z
  .object({
    name: name.optional(),
    url: url.optional(),
    severity: severity.optional(),
    allowHttp: allowHttp.optional(),
    enabled: z.boolean({ error: 'enabled : attendu true ou false' }).optional(),
    renewSecret: z
      .boolean({ error: 'renewSecret : attendu true ou false' })
      .optional()
      .openapi({ description: 'Webhook : remplace le secret de signature, rendu cette seule fois' }),
    appToken: appToken.nullable().optional(),
    userToken: userToken.optional(),
    entity: entity.nullable().optional(),
    category: category.nullable().optional(),
    resolveWithTicket: resolveWithTicket.optional(),
    solveTicket: solveTicket.optional(),
  })
  .openapi('ConnectorChange')

export const connectorSchema = z
  .object({
    id: z.uuid(),
    academie: z.string(),
    kind: z.enum(CONNECTOR_KINDS),
    kindLabel: z.string(),
    name: z.string(),
    url: z.string(),
    severity: z.enum(INCIDENT_SEVERITIES),
    severityLabel: z.string(),
    enabled: z.boolean(),
    allowHttp: z.boolean(),
    glpi: z
      .object({
        entity: z.number().int().nullable(),
        category: z.number().int().nullable(),
        resolveWithTicket: z.boolean(),
        solveTicket: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'Null pour un webhook' }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    disabledAt: z.iso.datetime().nullable(),
    deliveries: z.object({
      waiting: z.number().int(),
      givenUp: z.number().int(),
      lastSentAt: z.iso.datetime().nullable(),
      lastError: z.string().nullable().openapi({ description: 'De l’envoi en échec le plus récent' }),
    }),
    openTickets: z.number().int().openapi({ description: 'Tickets que Vigie suit encore' }),
  })
  .openapi('Connector')
export const connectorsSchema = z.object({ rows: z.array(connectorSchema) }).openapi('Connectors')

export const shownSecretSchema = z
  .object({
    id: z.uuid(),
    secret: z
      .string()
      .nullable()
      .openapi({ description: 'Secret de signature d’un webhook, rendu cette seule fois ; null sinon' }),
  })
  .openapi('ConnectorSecret')

export const trialSchema = z
  .object({
    outcome: z.enum(['accepted', 'refused', 'unreachable']),
    detail: z.string().openapi({ description: 'Ce qui s’est passé, en français' }),
    steps: z.array(z.object({ label: z.string(), done: z.boolean() })),
    durationMs: z.number().int(),
  })
  .openapi('ConnectorTrial')

export const deliveriesQuery = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const deliverySchema = z
  .object({
    id: z.uuid(),
    event: z.string(),
    eventLabel: z.string(),
    incident: z.object({ id: z.uuid(), number: z.number().int(), title: z.string() }),
    state: z.enum(DELIVERY_STATES),
    stateLabel: z.string(),
    attempts: z.number().int(),
    nextAttemptAt: z.iso.datetime().nullable().openapi({ description: 'Null quand plus rien n’est prévu' }),
    lastError: z.string().nullable(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
  })
  .openapi('ConnectorDelivery')
export const deliveriesSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(deliverySchema),
  })
  .openapi('ConnectorDeliveries')

export const connectorParams = z.object({ id: z.uuid({ error: 'identifiant de connecteur incorrect' }) })
export const deliveryParams = connectorParams.extend({
  deliveryId: z.uuid({ error: 'identifiant d’envoi incorrect' }),
})

export type NewConnector = z.infer<typeof newConnectorSchema>
export type ConnectorChange = z.infer<typeof connectorChangeSchema>
export type Connector = z.infer<typeof connectorSchema>
export type Connectors = z.infer<typeof connectorsSchema>
export type ShownSecret = z.infer<typeof shownSecretSchema>
export type Trial = z.infer<typeof trialSchema>
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>
export type Delivery = z.infer<typeof deliverySchema>
export type Deliveries = z.infer<typeof deliveriesSchema>
