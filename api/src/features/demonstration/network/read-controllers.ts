import { httpRequest, network, runCollector, type NetworkTarget } from '@vigie/collectors'
import type { Context } from '../../../context.ts'
import { recordCollection } from '../../collection/record-collection.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'

const WORKER = { role: 'vigie_worker' } as const
const COLLECTOR = 'network:wifi-valmont'
const PACE = { concurrency: 4, pauseMs: 0, probeTimeoutMs: 1_000 }
const RUN = { timeoutMs: 30_000, retries: 0, retryDelayMs: 0 }

/** What a controller of the collectivité writes each night, by the network that it serves. */
const EXPORTS = {
  exemplary: [
    'securite;vlan;invites',
    'WPA3-Enterprise;110;non',
    'WPA2-Enterprise;120;non',
    'PPSK;190;oui',
  ].join('\n'),
  tired: ['securite;vlan;invites', 'WPA2-Enterprise;110;non', 'WPA2-PSK;120;non', 'ouvert;120;oui'].join(
    '\n',
  ),
} as const

const exportOf = ({ profile }: PlannedEtablissement): string | undefined =>
  profile === 'exemplary' || profile === 'tired' ? EXPORTS[profile] : undefined

/** Reads the exports of Wi-Fi controllers, as the collection of the network does each night. */
export async function readControllers(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const targets = items.flatMap((item): NetworkTarget[] => {
    const text = exportOf(item)
    if (text === undefined || item.closedOn !== null) return []
    const exported = { read: () => Promise.resolve(Buffer.from(text)) }
    return [{ uai: item.uai, wifi: { devices: [], guestNames: new Set(), exported } }]
  })
  if (targets.length === 0) return
  const io = { now: () => ctx.clock.now(), request: httpRequest }
  const controls = { neutral: [], allowed: [] }
  const run = await runCollector(network, { targets, controls, pace: PACE }, io, RUN)
  await recordCollection(ctx, WORKER, COLLECTOR, run)
}
