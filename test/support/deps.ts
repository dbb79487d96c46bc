import type { Context, Deps } from '@vigie/api/context'
import type { Actor } from '@vigie/api/access'
import { parseReserved } from '@vigie/api/features/targets/reserved-networks.ts'
import { createMetrics } from '@vigie/api/metrics'
import type { Database } from '@vigie/db'
import { pino } from 'pino'
import { aClock, aRandom } from './clock.ts'

/** In: addresses, networks and domains that only the académie may have watched. */
export function reserving(...entries: readonly string[]) {
  const reserved = parseReserved(entries)
  if ('wrong' in reserved) throw new Error(`${reserved.wrong} cannot be reserved`)
  return reserved
}

/** Dependencies of an API under test: the suite's database, a still clock, seeded randomness, a silent log. */
export const depsOn = (db: Database, overrides: Partial<Deps> = {}): Deps => ({
  db,
  clock: aClock(),
  random: aRandom(),
  log: pino({ level: 'silent' }),
  config: {
    masterKey: new Uint8Array(32).fill(7),
    formerMasterKeys: [],
    secureCookies: false,
    demonstration: false,
    metricsToken: 'metrics-token',
    metricsEtablissements: false,
    publicUrl: null,
    strongRoles: [],
    holderRetentionMonths: 24,
    incidentRetentionMonths: 36,
    mail: null,
    reservedNetworks: reserving(),
    readsPrometheus: false,
    proofs: { maxBytes: 10 * 1024 * 1024, clamd: null },
  },
  metrics: createMetrics(),
  ...overrides,
})

/** Context of a verb called directly. */
export const contextOf = (deps: Deps, actor: Actor = { kind: 'system', id: 'test' }): Context => ({
  ...deps,
  actor,
  requestId: null,
})
