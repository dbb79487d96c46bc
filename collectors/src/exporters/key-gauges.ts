import { Gauge, type Registry } from 'prom-client'

/** Windows over which failures are looked at. */
export const FAILURE_WINDOWS = ['10m'] as const
/** Horizons before the end of life of a key. */
export const EXPIRY_HORIZONS = ['3m', '12m'] as const

/** What a scrape reads of the keys and of the attempts; bounded by départements, states and windows. */
export interface KeySnapshot {
  readonly keys: readonly { readonly departement: string; readonly state: string; readonly count: number }[]
  readonly expiring: Readonly<Record<(typeof EXPIRY_HORIZONS)[number], number>>
  readonly failingLogins: number
  readonly maxFailuresPerSource: number
}

export interface KeyGauges {
  /** Replaces what the last scrape saw: a state that no key is in any more disappears, and everything does on null. */
  set(snapshot: KeySnapshot | null): void
}

/** Registers the gauges of keys. Names and labels: the design's list. */
export function createKeyGauges(registry: Registry): KeyGauges {
  const registers = [registry]
  const keys = new Gauge({
    name: 'otp_keys',
    help: 'OTP keys by département and state.',
    labelNames: ['departement', 'state'],
    registers,
  })
  const expiring = new Gauge({
    name: 'otp_keys_expiring',
    help: 'OTP keys in use or in stock that reach the end of their life within the horizon.',
    labelNames: ['horizon'],
    registers,
  })
  const failing = new Gauge({
    name: 'otp_failing_logins',
    help: 'Holders whose latest attempts failed, within the window.',
    labelNames: ['window'],
    registers,
  })
  const perSource = new Gauge({
    name: 'otp_max_failures_per_source',
    help: 'Failures of the source that fails most, within the window.',
    labelNames: ['window'],
    registers,
  })
  return {
    set: (snapshot) => {
      for (const gauge of [keys, expiring, failing, perSource]) gauge.reset()
      if (!snapshot) return
      for (const { departement, state, count } of snapshot.keys) keys.set({ departement, state }, count)
      for (const horizon of EXPIRY_HORIZONS) expiring.set({ horizon }, snapshot.expiring[horizon])
      for (const window of FAILURE_WINDOWS) {
        failing.set({ window }, snapshot.failingLogins)
        perSource.set({ window }, snapshot.maxFailuresPerSource)
      }
    },
  }
}
