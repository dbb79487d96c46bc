import type { EvidenceKey } from '@vigie/rules'
import { CollectionError, type CollectorIo, type TlsOptions } from '../../collector.ts'
import { failing, type Findings, type Part } from '../etablissement/findings.ts'
import { breathe, probeSignal, type Pace } from '../etablissement/pace.ts'
import { readProbe } from './blackbox-answer.ts'
import { judgeFlows, type FlowReading } from './flow-verdict.ts'

/** An exporter of a school says a few dozen lines. */
const MAX_ANSWER = 1_048_576

/** A blackbox exporter that stands in a zone of the establishment. */
export interface ZoneExporter {
  readonly zone: string
  /** Base address, without `/probe`. */
  readonly url: URL
  readonly authorization?: string
  readonly tls?: TlsOptions
  /** What it must reach: proves that it works. */
  readonly control: { readonly module: string; readonly target: string }
}

/** What a closed flow proves. */
export const FLOW_KEYS = {
  zones: 'network.zones_separated',
  display: 'display.console_restricted',
  byod: 'network.byod_separated',
} as const satisfies Record<string, EvidenceKey>
export type FlowKind = keyof typeof FLOW_KEYS

export interface Flow {
  readonly proves: FlowKind
  readonly module: string
  readonly target: string
  /** Zones from where it must pass: the target is alive. */
  readonly openFrom: readonly string[]
  /** Zones from where it must fail. */
  readonly closedFrom: readonly string[]
}

export interface ZonesInput {
  readonly exporters: readonly ZoneExporter[]
  readonly flows: readonly Flow[]
  readonly pace: Pace
}

type Asking = ZonesInput & { readonly io: CollectorIo }

/** Asks the exporters of each zone what they reach. */
export const zonesPart = (uai: string, input: ZonesInput): Part => ({
  uai,
  keys: [...new Set(input.flows.map(({ proves }) => FLOW_KEYS[proves]))],
  find: (io, signal) => findZones({ ...input, io }, signal),
})

async function findZones(input: Asking, signal: AbortSignal): Promise<Findings> {
  const troubles = new Map<string, string>()
  for (const exporter of input.exporters) {
    const { zone, control } = exporter
    await breathe(input.pace, signal)
    try {
      if (await probe(exporter, control, input, signal)) continue
      troubles.set(zone, `l’exporter de la zone ${zone} n’atteint pas sa cible témoin`)
    } catch (error) {
      troubles.set(zone, `zone ${zone} : ${reasonOf(error, signal)}`)
    }
  }
  const kinds = [...new Set(input.flows.map(({ proves }) => proves))]
  const readings = new Map<FlowKind, FlowReading[]>()
  for (const flow of input.flows) {
    const reading = await readFlow(flow, input, troubles, signal)
    readings.set(flow.proves, [...(readings.get(flow.proves) ?? []), reading])
  }
  const judged = kinds.map((kind) => ({ kind, value: judgeFlows(readings.get(kind) ?? []) }))
  return {
    proven: judged.flatMap(({ kind, value }) =>
      value === null ? [] : [{ key: FLOW_KEYS[kind], value, source: sourceOf(kind, input) }],
    ),
    failed: judged.flatMap(({ kind, value }) =>
      value === null ? failing([FLOW_KEYS[kind]], unproven(troubles)).failed : [],
    ),
    ignored: [...troubles.values()],
  }
}

async function readFlow(
  flow: Flow,
  input: Asking,
  troubles: Map<string, string>,
  signal: AbortSignal,
): Promise<FlowReading> {
  const from = async (zones: readonly string[]) => {
    const results: (boolean | null)[] = []
    for (const zone of zones) {
      const exporter = input.exporters.find((known) => known.zone === zone)
      if (!exporter || troubles.has(zone)) {
        results.push(null)
        continue
      }
      await breathe(input.pace, signal)
      try {
        results.push(await probe(exporter, flow, input, signal))
      } catch (error) {
        troubles.set(zone, `zone ${zone} : ${reasonOf(error, signal)}`)
        results.push(null)
      }
    }
    return results
  }
  return { open: await from(flow.openFrom), closed: await from(flow.closedFrom) }
}

async function probe(
  { url, authorization, tls }: ZoneExporter,
  { module, target }: { module: string; target: string },
  { pace, io }: Asking,
  signal: AbortSignal,
): Promise<boolean> {
  const address = new URL(url)
  address.pathname = `${url.pathname.replace(/\/$/, '')}/probe`
  address.search = new URLSearchParams({ module, target }).toString()
  const { status, text } = await io.request(
    address,
    {
      method: 'GET',
      headers: { accept: 'text/plain', ...(authorization ? { authorization } : {}) },
      ...(tls ? { tls } : {}),
      maxBytes: MAX_ANSWER,
    },
    probeSignal(pace, signal),
  )
  return readProbe(status, text, module)
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted()
  if (error instanceof CollectionError) return error.message
  if (error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name)) {
    return 'le blackbox exporter ne répond pas à temps.'
  }
  throw error
}

const unproven = (troubles: ReadonlyMap<string, string>): string =>
  troubles.size > 0
    ? `Aucun cloisonnement n’est prouvé : ${[...troubles.values()].join(' ; ')}.`
    : 'Aucun cloisonnement n’est prouvé : la cible n’est atteinte depuis aucune zone où elle devrait l’être. Vérifiez qu’elle est allumée, et « openFrom ».'

function sourceOf(kind: FlowKind, { exporters, flows }: ZonesInput): string {
  const concerned = flows.filter(({ proves }) => proves === kind)
  const zones = new Set(concerned.flatMap(({ closedFrom }) => closedFrom))
  const hosts = exporters.filter(({ zone }) => zones.has(zone)).map(({ url }) => url.host)
  const count = concerned.length
  return `Sondes de la zone ${[...zones].join(', ')} (${hosts.join(', ')}), ${count} ${count > 1 ? 'flux essayés' : 'flux essayé'}`
}
