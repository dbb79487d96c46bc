import { FLOW_KEYS, type NetworkConfig, type NetworkTarget, type SnmpDevice } from '@vigie/collectors'
import type { PlannedRequests } from '../collection-source.ts'

type Row = readonly [string, string, string, string]

/** In: a source of the section `network`. Out: what it would ask, and of whom: French, no secret. */
export const networkPlan = (config: NetworkConfig): readonly PlannedRequests[] => [
  {
    title: 'Essais',
    columns: ['UAI', 'Partie', 'Demandé à', 'Quoi'],
    rows: config.targets.flatMap((target) => [
      ...filteringRows(target, config),
      ...zonesRows(target),
      ...certificateRows(target),
      ...wifiRows(target),
      ...accessRows(target),
      ...administrationRows(target),
    ]),
  },
]

function filteringRows({ uai, filtering }: NetworkTarget, { lists, controls }: NetworkConfig): Row[] {
  if (!filtering || !lists) return []
  const sites = `${lists.perCategory} sites de chaque catégorie (${lists.categories.join(', ')})`
  const witnesses = `sites témoins ${[...controls.neutral, ...controls.allowed].join(', ')}`
  const { proxy, resolver, referenceResolver, content } = filtering
  return [
    ...(proxy
      ? [
          [
            uai,
            'filtrage',
            proxy.url.host,
            `HEAD et CONNECT, sans contenu : ${sites} ; ${witnesses}`,
          ] as const,
          ...content.map((address): Row => [uai, 'filtrage', proxy.url.host, `HEAD ${address.href}`]),
        ]
      : []),
    ...(resolver ? [[uai, 'filtrage', resolver, `adresses : ${sites} ; ${witnesses}`] as const] : []),
    ...(resolver && referenceResolver
      ? [[uai, 'filtrage', referenceResolver, `adresses : ${sites}`] as const]
      : []),
  ]
}

function zonesRows({ uai, zones }: NetworkTarget): Row[] {
  if (!zones) return []
  const hostOf = (zone: string) =>
    zones.exporters.find((exporter) => exporter.zone === zone)?.url.host ?? zone
  return [
    ...zones.exporters.map(({ zone, url, control }): Row => [
      uai,
      `zone ${zone}`,
      url.host,
      `témoin : ${control.target} (${control.module}) doit passer`,
    ]),
    ...zones.flows.flatMap(({ proves, module, target, openFrom, closedFrom }) => [
      ...openFrom.map((zone): Row => [
        uai,
        `zone ${zone}`,
        hostOf(zone),
        `${target} (${module}) doit passer`,
      ]),
      ...closedFrom.map((zone): Row => [
        uai,
        `zone ${zone}`,
        hostOf(zone),
        `${target} (${module}) doit être fermé : ${FLOW_KEYS[proves]}`,
      ]),
    ]),
  ]
}

const certificateRows = ({ uai, certificates }: NetworkTarget): Row[] =>
  (certificates ?? []).map(({ host, port }) => [
    uai,
    'certificats',
    `${host}:${port}`,
    'fin du certificat TLS',
  ])

function wifiRows({ uai, wifi }: NetworkTarget): Row[] {
  if (!wifi) return []
  return [
    ...wifi.devices.map(({ device, columns }): Row => [
      uai,
      'Wi-Fi',
      deviceTold(device),
      columns ? `colonnes ${columns.name}, ${columns.security}` : 'MIB IEEE 802.11',
    ]),
    ...(wifi.exported ? [[uai, 'Wi-Fi', 'fichier', 'export du contrôleur'] as const] : []),
  ]
}

const accessRows = ({ uai, access }: NetworkTarget): Row[] =>
  (access?.switches ?? []).map(({ device }) => [
    uai,
    'accès',
    deviceTold(device),
    '802.1X de chaque port (IEEE8021-PAE-MIB)',
  ])

const administrationRows = ({ uai, administration }: NetworkTarget): Row[] =>
  (administration?.devices ?? []).map(({ device, oid }) => [
    uai,
    'administration',
    deviceTold(device),
    `console qui l’administre (${oid})`,
  ])

const deviceTold = ({ host, port, access }: SnmpDevice): string =>
  `${host}:${port} (SNMP${access.version === 'v3' ? 'v3' : ' v2c, en clair sur le réseau'})`
