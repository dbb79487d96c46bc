import { CATEGORY, FLOW_KEYS, WIFI_SECURITIES, type FlowKind } from '@vigie/collectors'
import { isIP } from 'node:net'
import { z } from 'zod'
import { path } from '../source-fields.ts'
import {
  addressField,
  basicField,
  etablissementsField,
  hostField,
  probingFields,
} from './etablissement-fields.ts'
import { hasOneAccess, oidField, ONE_ACCESS, snmpFields } from './snmp-device.ts'

const FLOW_KINDS = Object.keys(FLOW_KEYS) as [FlowKind, ...FlowKind[]]

const resolver = z.string().refine((text) => {
  const [, bracketed, v4] = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(text) ?? []
  return isIP(bracketed ?? v4 ?? text) !== 0
}, 'attendu l’adresse IP d’un résolveur, par exemple 192.0.2.53 ou 192.0.2.53:5353')

const lists = z.strictObject({
  name: z.string().min(1).max(60).default('liste de l’université Toulouse Capitole'),
  path,
  categories: z
    .array(z.string().regex(CATEGORY, 'categories : attendu le nom d’un dossier de la liste'))
    .min(1, 'categories : au moins une'),
  perCategory: z.number().int().min(1).max(50, 'perCategory : au plus 50 sites').default(5),
  seed: z.string().max(100).default('vigie'),
  readByFilter: z.boolean().default(false),
  formerPath: path.optional(),
})

const controls = z.strictObject({
  neutral: z.array(hostField('neutral')).min(2, 'neutral : au moins deux sites que personne ne bloque'),
  allowed: z.array(hostField('allowed')).default([]),
})

const filtering = z
  .strictObject({
    proxy: z
      .strictObject({ url: addressField('proxy', /^https?$/), credentials: basicField.optional() })
      .optional(),
    insideTunnels: z.boolean().default(false),
    blockPages: z.array(hostField('blockPages')).default([]),
    blockMarks: z
      .array(z.strictObject({ header: z.string().min(1), contains: z.string().min(1) }))
      .default([]),
    content: z
      .array(addressField('content', /^http$/))
      .max(10)
      .default([]),
    resolver: resolver.optional(),
    referenceResolver: resolver.optional(),
    blockAddresses: z.array(z.ipv4()).default([]),
  })
  .refine(({ proxy, resolver: dns }) => proxy !== undefined || dns !== undefined, {
    error: 'filtering : indiquez « proxy », « resolver », ou les deux',
  })

const exporter = z.strictObject({
  zone: z.string().min(1).max(40),
  url: addressField('url', /^https?$/),
  basic: basicField.optional(),
  bearerTokenFile: path.optional(),
  tls: z
    .strictObject({ caFile: path.optional(), certFile: path.optional(), keyFile: path.optional() })
    .optional(),
  control: z.strictObject({ module: z.string().min(1), target: z.string().min(1) }),
})

const flow = z.strictObject({
  proves: z.enum(FLOW_KINDS, { error: `proves : attendu ${FLOW_KINDS.join(', ')}` }),
  module: z.string().min(1),
  target: z.string().min(1),
  openFrom: z.array(z.string()).min(1, 'openFrom : au moins une zone d’où la cible répond'),
  closedFrom: z.array(z.string()).min(1, 'closedFrom : au moins une zone d’où elle doit être fermée'),
})

const zones = z
  .strictObject({
    exporters: z
      .array(exporter)
      .min(1)
      .refine(
        (list) => new Set(list.map(({ zone }) => zone)).size === list.length,
        'exporters : un seul par zone',
      ),
    flows: z.array(flow).min(1).max(50),
  })
  .superRefine(({ exporters, flows }, ctx) => {
    const known = new Set(exporters.map(({ zone }) => zone))
    flows.forEach(({ openFrom, closedFrom }, position) => {
      const unknown = [...openFrom, ...closedFrom].find((zone) => !known.has(zone))
      if (unknown === undefined) return
      ctx.addIssue({
        code: 'custom',
        path: ['flows', position],
        message: `flows : la zone « ${unknown} » n’a pas d’exporter`,
      })
    })
  })

const service = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d{1,5})?$/i, 'certificates : attendu un nom, et son port s’il n’est pas 443')

const columns = z.strictObject({
  name: oidField,
  security: oidField,
  securities: z.record(z.string(), z.enum(WIFI_SECURITIES)),
  vlan: oidField.optional(),
})

const wifi = z
  .strictObject({
    snmp: z
      .array(z.strictObject({ ...snmpFields, columns: columns.optional() }).refine(hasOneAccess, ONE_ACCESS))
      .default([]),
    guestNetworks: z.array(z.string().min(1)).default([]),
    export: path.optional(),
  })
  .refine(({ snmp, export: file }) => snmp.length > 0 || file !== undefined, {
    error: 'wifi : indiquez « snmp », « export », ou les deux',
  })

const access = z.strictObject({
  snmp: z
    .array(
      z
        .strictObject({ ...snmpFields, uplinks: z.array(z.string().regex(/^\d+$/)).default([]) })
        .refine(hasOneAccess, ONE_ACCESS),
    )
    .min(1),
})

const administration = z.strictObject({
  consoles: z.array(z.string().min(1)).min(1, 'consoles : au moins une console centrale'),
  snmp: z.array(z.strictObject({ ...snmpFields, oid: oidField }).refine(hasOneAccess, ONE_ACCESS)).min(1),
})

/** One source of the section `network`. */
export const networkSchema = z
  .strictObject({
    ...probingFields('40 2 * * *'),
    lists: lists.optional(),
    controls: controls.optional(),
    etablissements: etablissementsField({
      filtering: filtering.optional(),
      zones: zones.optional(),
      certificates: z.array(service).min(1).max(50).optional(),
      wifi: wifi.optional(),
      access: access.optional(),
      administration: administration.optional(),
    }),
  })
  .refine(
    ({ lists: listed, controls: controlled, etablissements }) =>
      (listed !== undefined && controlled !== undefined) ||
      etablissements.every(({ filtering: tried }) => tried === undefined),
    { error: 'filtering demande « lists » et « controls » à côté de « etablissements »' },
  )

/** How the collection file describes a source of this section. */
export type NetworkInput = z.input<typeof networkSchema>
export type NetworkDescription = z.output<typeof networkSchema>
export type DescribedEtablissement = NetworkDescription['etablissements'][number]
