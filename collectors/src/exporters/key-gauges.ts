import { type GaugeFactory } from './gauge.ts'

/** Horizons before the end of life of a key. */
export const EXPIRY_HORIZONS = ['3m', '12m'] as const

/** What a reading tells of the keys; bounded by départements and states. An empty département: the académie's own stock. */
export interface KeyReading {
  readonly keys: readonly { readonly departement: string; readonly state: string; readonly count: number }[]
  readonly expiring: Readonly<Record<(typeof EXPIRY_HORIZONS)[number], number>>
  readonly available: readonly { readonly departement: string; readonly count: number }[]
  /** Départements that have a minimum only. */
  readonly minimums: readonly { readonly departement: string; readonly minimum: number }[]
}

/** Registers the gauges of keys and of their stock. */
export function createKeyGauges(gauge: GaugeFactory) {
  const keys = gauge('otp_keys', 'OTP keys by département and state.', ['departement', 'state'])
  const expiring = gauge(
    'otp_keys_expiring',
    'OTP keys in use or in stock that reach the end of their life within the horizon.',
    ['horizon'],
  )
  const available = gauge(
    'otp_keys_available',
    'OTP keys in stock, received and not at the end of their life, by département.',
    ['departement'],
  )
  const minimum = gauge('otp_keys_minimum', 'Stock of OTP keys under which a département is in alert.', [
    'departement',
  ])
  return {
    set: (reading: KeyReading): void => {
      keys.replace(reading.keys.map((row) => ({ ...row, value: row.count })))
      expiring.replace(EXPIRY_HORIZONS.map((horizon) => ({ horizon, value: reading.expiring[horizon] })))
      available.replace(reading.available.map((row) => ({ ...row, value: row.count })))
      minimum.replace(reading.minimums.map((row) => ({ ...row, value: row.minimum })))
    },
  }
}
