import type { Registry } from 'prom-client'
import { FAILURE_WINDOWS, type FailureWindow } from './failure-windows.ts'
import { gaugesIn } from './gauge.ts'

const WINDOWS = Object.keys(FAILURE_WINDOWS) as FailureWindow[]

/** What the database tells of the failures: over all processes. */
export interface FailureReading {
  readonly failingLogins: Readonly<Record<FailureWindow, number>>
  /** Failures of the source that fails most, over the last ten minutes. */
  readonly maxFailuresPerSource: number
}

/** Registers the gauges of failures; the last one is told by this process alone. */
export function createFailureGauges(registry: Registry) {
  const gauge = gaugesIn(registry)
  const failing = gauge('otp_failing_logins', 'Holders whose latest attempts failed, within the window.', [
    'window',
  ])
  const perSource = gauge(
    'otp_max_failures_per_source',
    'Failures of the source that fails most, within the window.',
    ['window'],
  )
  const perLogin = gauge(
    'otp_max_failures_per_login',
    'Refusals by this process of the holder that it refuses most, within the window.',
    ['window'],
  )
  return {
    set: (reading: FailureReading | null): void => {
      failing.replace(
        reading ? WINDOWS.map((window) => ({ window, value: reading.failingLogins[window] })) : [],
      )
      perSource.replace(reading ? [{ window: '10m', value: reading.maxFailuresPerSource }] : [])
    },
    setPerLogin: (greatest: (window: FailureWindow) => number): void =>
      perLogin.replace(WINDOWS.map((window) => ({ window, value: greatest(window) }))),
  }
}
