import type { InventorySections } from '@vigie/collectors'
import type { TargetModule } from '@vigie/db/schema'
import { parseHost } from './network-host.ts'
import { isPrivate, reservationOf, type ReservedNetworks } from './reserved-networks.ts'
import { parseTargetAddress } from './target-address.ts'

/** Kinds of machines that a school counts on all day; a workstation that is off is no incident. */
export type WatchedKind = 'server' | 'network' | 'printer'

export interface WatchedMachine {
  readonly id: string
  readonly name: string
  readonly kind: WatchedKind
  readonly networks: InventorySections['networks'] | null
}

export interface KnownTarget {
  readonly id: string
  readonly module: TargetModule
  readonly address: string
  readonly label: string
  readonly service: string | null
  readonly machineId: string | null
  readonly origin: 'declared' | 'learnt'
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

/** `former`: what it was before its machine moved; null for a new target. */
export type LearntTarget = Pick<KnownTarget, 'module' | 'address' | 'label' | 'machineId'> & {
  readonly former: KnownTarget | null
}

export interface LearningPlan {
  /** Ids; those that moved are among them, and in `put`. */
  readonly remove: readonly string[]
  readonly put: readonly LearntTarget[]
  readonly rename: readonly { readonly id: string; readonly label: string }[]
}

export const LEARNT_LIMIT = 60
const LABEL_LIMIT = 120

const MODULES_OF: Readonly<Record<WatchedKind, readonly TargetModule[]>> = {
  server: ['icmp'],
  network: ['icmp', 'snmp'],
  printer: ['icmp'],
}

/**
 * In: the interfaces of a machine. Out: where it is looked for, its first private address, IPv4 rather than IPv6; null
 * when it has none. Interfaces made by software and addresses kept by the académie are left aside.
 */
export function addressOf(networks: WatchedMachine['networks'], reserved: ReservedNetworks): string | null {
  const hosts = (networks ?? [])
    .filter(({ virtual, address }) => !virtual && address !== null)
    .map(({ address }) => parseHost(address ?? ''))
    .filter((host) => host !== null && isPrivate(host) && reservationOf(host, reserved) === null)
  return (hosts.find((host) => host?.kind === 'ipv4') ?? hosts[0])?.text ?? null
}

const placeOf = ({ module, address }: Pick<KnownTarget, 'module' | 'address'>) => `${module} ${address}`
const keyOf = (machineId: string | null, module: TargetModule) => `${machineId} ${module}`

/**
 * In: the watched machines of one open establishment that are in its parc, and its targets. Out: what makes the learnt
 * targets follow the machines; nothing when they already do. A target put aside stays aside when its machine moves, and
 * goes with it. A declared target keeps its address.
 */
export function planLearning(
  machines: readonly WatchedMachine[],
  targets: readonly KnownTarget[],
  reserved: ReservedNetworks,
): LearningPlan {
  const present = new Map(machines.map((machine) => [machine.id, machine]))
  const wanted = wantedTargets(machines, targets, reserved)
  const remove: string[] = []
  const put: LearntTarget[] = []
  const rename: { id: string; label: string }[] = []
  const aside = new Set<string>()
  for (const target of targets.filter(({ origin }) => origin === 'learnt')) {
    const key = keyOf(target.machineId, target.module)
    const found = wanted.get(key)
    wanted.delete(key)
    if (found?.address === target.address) {
      if (found.label !== target.label) rename.push({ id: target.id, label: found.label })
      continue
    }
    const silentAside =
      found === undefined && target.disabledAt !== null && present.has(target.machineId ?? '')
    if (silentAside) {
      aside.add(placeOf(target))
      continue
    }
    remove.push(target.id)
    if (found) put.push({ ...found, former: target })
  }
  const free = [...put, ...wanted.values()].filter((learnt) => !aside.has(placeOf(learnt)))
  return { remove, put: free, rename }
}

function wantedTargets(
  machines: readonly WatchedMachine[],
  targets: readonly KnownTarget[],
  reserved: ReservedNetworks,
): Map<string, LearntTarget> {
  const hosts = new Map(machines.map(({ id, networks }) => [id, addressOf(networks, reserved)]))
  const incumbents = new Set(targets.map(({ machineId }) => machineId))
  const rank = ({ id }: WatchedMachine) => `${incumbents.has(id) ? 0 : 1}${id}`
  const taken = new Set(targets.filter(({ origin }) => origin === 'declared').map(placeOf))
  const wanted = new Map<string, LearntTarget>()
  // Whoever already has a target comes first: two machines that claim one address do not take turns.
  for (const machine of machines.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    const host = hosts.get(machine.id) ?? null
    if (host === null) continue
    for (const module of MODULES_OF[machine.kind]) {
      const parsed = parseTargetAddress(module, host)
      if ('fault' in parsed || taken.has(`${module} ${parsed.address}`) || wanted.size >= LEARNT_LIMIT)
        continue
      taken.add(`${module} ${parsed.address}`)
      wanted.set(keyOf(machine.id, module), {
        module,
        address: parsed.address,
        label: machine.name.slice(0, LABEL_LIMIT),
        machineId: machine.id,
        former: null,
      })
    }
  }
  return wanted
}
