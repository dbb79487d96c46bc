import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  CollectionError,
  network,
  runCollector,
  type NetworkConfig,
  type NetworkTarget,
} from '@vigie/collectors'
import { defineSection } from '../collection-source.ts'
import { longestSecondsOf, runOptionsOf } from '../source-fields.ts'
import { readOptional, readSecret } from '../source-files.ts'
import { etablissementsTold, paceOf } from './etablissement-fields.ts'
import { networkSchema, type DescribedEtablissement, type NetworkDescription } from './network-description.ts'
import { networkPlan } from './network-plan.ts'
import { snmpDeviceOf } from './snmp-device.ts'

async function configOf(source: NetworkDescription, directory: string): Promise<NetworkConfig> {
  const ca = await readOptional(directory, source.caFile)
  const { lists } = source
  return {
    targets: await Promise.all(source.etablissements.map((described) => targetOf(described, directory))),
    ...(lists
      ? {
          lists: {
            name: lists.name,
            path: resolve(directory, lists.path),
            categories: lists.categories,
            perCategory: lists.perCategory,
            seed: lists.seed,
            readByFilter: lists.readByFilter,
            ...(lists.formerPath === undefined ? {} : { formerPath: resolve(directory, lists.formerPath) }),
          },
        }
      : {}),
    controls: source.controls ?? { neutral: [], allowed: [] },
    ...(ca === null ? {} : { ca }),
    pace: paceOf(source),
  }
}

async function targetOf(described: DescribedEtablissement, directory: string): Promise<NetworkTarget> {
  const { uai, certificates } = described
  const filtering = await filteringOf(described, directory)
  const zones = await zonesOf(described, directory)
  const wifi = await wifiOf(described, directory)
  const access = await accessOf(described, directory)
  const administration = await administrationOf(described, directory)
  return {
    uai,
    ...(filtering ? { filtering } : {}),
    ...(zones ? { zones } : {}),
    ...(certificates ? { certificates: certificates.map(serviceOf) } : {}),
    ...(wifi ? { wifi } : {}),
    ...(access ? { access } : {}),
    ...(administration ? { administration } : {}),
  }
}

async function filteringOf({ filtering }: DescribedEtablissement, directory: string) {
  if (!filtering) return null
  const { proxy, resolver, referenceResolver } = filtering
  const credentials = proxy?.credentials && {
    user: proxy.credentials.user,
    password: await readSecret(directory, proxy.credentials.passwordFile),
  }
  return {
    ...(proxy ? { proxy: { url: new URL(proxy.url), ...(credentials ? { credentials } : {}) } } : {}),
    insideTunnels: filtering.insideTunnels,
    signs: { pages: new Set(filtering.blockPages), marks: filtering.blockMarks },
    content: filtering.content.map((address) => new URL(address)),
    ...(resolver === undefined ? {} : { resolver }),
    ...(referenceResolver === undefined ? {} : { referenceResolver }),
    blockAddresses: new Set(filtering.blockAddresses),
  }
}

async function zonesOf({ zones }: DescribedEtablissement, directory: string) {
  if (!zones) return null
  const exporters = zones.exporters.map(async ({ zone, url, basic, bearerTokenFile, tls, control }) => {
    const ca = await readOptional(directory, tls?.caFile)
    const cert = await readOptional(directory, tls?.certFile)
    const key = await readOptional(directory, tls?.keyFile)
    const authorization = bearerTokenFile
      ? `Bearer ${await readSecret(directory, bearerTokenFile)}`
      : basic
        ? basicOf(basic.user, await readSecret(directory, basic.passwordFile))
        : null
    return {
      zone,
      url: new URL(url),
      control,
      ...(authorization ? { authorization } : {}),
      tls: { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) },
    }
  })
  return { exporters: await Promise.all(exporters), flows: zones.flows }
}

async function wifiOf({ wifi }: DescribedEtablissement, directory: string) {
  if (!wifi) return null
  const { export: file } = wifi
  const devices = wifi.snmp.map(async ({ columns, ...described }) => ({
    device: await snmpDeviceOf(described, directory),
    ...(columns
      ? {
          columns: {
            name: columns.name,
            security: columns.security,
            securities: columns.securities,
            ...(columns.vlan === undefined ? {} : { vlan: columns.vlan }),
          },
        }
      : {}),
  }))
  return {
    devices: await Promise.all(devices),
    guestNames: new Set(wifi.guestNetworks),
    ...(file === undefined ? {} : { exported: { read: () => readExport(resolve(directory, file)) } }),
  }
}

async function accessOf({ access }: DescribedEtablissement, directory: string) {
  if (!access) return null
  const switches = access.snmp.map(async ({ uplinks, ...described }) => ({
    device: await snmpDeviceOf(described, directory),
    uplinks: new Set(uplinks),
  }))
  return { switches: await Promise.all(switches) }
}

async function administrationOf({ administration }: DescribedEtablissement, directory: string) {
  if (!administration) return null
  const devices = administration.snmp.map(async ({ oid, ...described }) => ({
    device: await snmpDeviceOf(described, directory),
    oid,
  }))
  return { devices: await Promise.all(devices), consoles: new Set(administration.consoles) }
}

/** Read at each run: the controller writes it again. */
async function readExport(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch {
    throw new CollectionError(
      `L’export ${file} ne peut pas être lu. Vérifiez qu’il est déposé, et les droits du compte de Vigie.`,
      { retryable: false },
    )
  }
}

function serviceOf(text: string) {
  const [host = '', port = '443'] = text.split(':')
  return { host, port: Number(port) }
}

const basicOf = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** Section `network`: filtering, zones, certificates, Wi-Fi and access of machines, as Vigie's machine can try them. */
export const networkSection = defineSection({
  name: 'network',
  help: 'essaie le réseau des établissements : filtrage, zones, certificats, Wi-Fi, accès des machines',
  schema: networkSchema,
  open: async (source, directory) => {
    const config = await configOf(source, directory)
    return {
      section: 'network',
      label: source.name,
      name: `network:${source.name}`,
      cron: source.cron,
      longestSeconds: longestSecondsOf(source),
      address: etablissementsTold(source.etablissements.length),
      plan: networkPlan(config),
      run: (io, signal) => runCollector(network, config, io, runOptionsOf(source), signal),
    }
  },
})
