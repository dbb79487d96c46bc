import { Counter, Histogram, type Registry } from 'prom-client'

/** What the verification path counts; every label comes from a closed list. */
export interface OtpMeters {
  verified(labels: { channel: string; type: string; reason: string }, seconds: number): void
  locked(): void
  resynchronised(outcome: 'accepted' | 'rejected'): void
  /** Counters that the holder had skipped when a HOTP code was accepted. */
  lookedAhead(steps: number): void
}

const TOKEN_REASONS = ['accepted', 'bad_code', 'bad_pin', 'no_pin', 'replay']
/** What the verifications asked by other systems end in, by kind of token. */
const FORESEEN: Readonly<Record<string, readonly string[]>> = {
  none: ['unknown', 'paused', 'locked', 'inactive', 'source_blocked'],
  hotp: TOKEN_REASONS,
  totp: TOKEN_REASONS,
}

/** Counters start at zero: without it, the first refusals of an attack on a new process would be no increase. */
function declare(total: Counter, resync: Counter): void {
  for (const channel of ['http', 'radius'])
    for (const [type, reasons] of Object.entries(FORESEEN))
      for (const reason of reasons) total.inc({ channel, type, reason }, 0)
  for (const outcome of ['accepted', 'rejected']) resync.inc({ outcome }, 0)
}

/** Registers the path's metrics. Names and labels: the design's list. */
export function createOtpMeters(registry: Registry): OtpMeters {
  const registers = [registry]
  const total = new Counter({
    name: 'otp_verify_total',
    help: 'OTP verifications by channel, kind of token and outcome.',
    labelNames: ['channel', 'type', 'reason'],
    registers,
  })
  const duration = new Histogram({
    name: 'otp_verify_duration_seconds',
    help: 'Duration of OTP verifications, from the request to the answer.',
    labelNames: ['channel'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const lockouts = new Counter({
    name: 'otp_lockouts_total',
    help: 'Keys locked because their attempts were spent.',
    registers,
  })
  const resync = new Counter({
    name: 'otp_resync_total',
    help: 'Resynchronisations of tokens by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const lookAhead = new Histogram({
    name: 'otp_hotp_lookahead_steps',
    help: 'Counters skipped by the holder when a HOTP code was accepted.',
    buckets: [0, 1, 2, 3, 5, 7, 10],
    registers,
  })
  declare(total, resync)
  return {
    verified: ({ channel, type, reason }, seconds) => {
      total.inc({ channel, type, reason })
      duration.observe({ channel }, seconds)
    },
    locked: () => lockouts.inc(),
    resynchronised: (outcome) => resync.inc({ outcome }),
    lookedAhead: (steps) => lookAhead.observe(steps),
  }
}
