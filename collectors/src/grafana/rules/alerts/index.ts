import type { AlertDefinition, AlertGroup } from '../rule.ts'
import { backupsLate } from './backups-late.ts'
import { certificateExpiring } from './certificate-expiring.ts'
import { collectorFailing } from './collector-failing.ts'
import { collectorSilent } from './collector-silent.ts'
import { conformityDrop } from './conformity-drop.ts'
import { databasePoolSaturated } from './database-pool-saturated.ts'
import { etablissementServiceDown } from './etablissement-service-down.ts'
import { jobFailing } from './job-failing.ts'
import { journalBroken } from './journal-broken.ts'
import { journalNotVerified } from './journal-not-verified.ts'
import { otpBruteForce } from './otp-brute-force.ts'
import { otpErrorBudgetBurn } from './otp-error-budget-burn.ts'
import { otpKeysExpiring } from './otp-keys-expiring.ts'
import { otpLatencyHigh } from './otp-latency-high.ts'
import { otpLockBurst } from './otp-lock-burst.ts'
import { otpPasswordSpray } from './otp-password-spray.ts'
import { otpPathSilent } from './otp-path-silent.ts'
import { otpReplay } from './otp-replay.ts'
import { otpStockLow } from './otp-stock-low.ts'
import { vigieDown } from './vigie-down.ts'

/** Every alert, in the groups that Prometheus evaluates side by side: an attack waits for nothing else. */
export const ALERT_GROUPS: readonly AlertGroup[] = [
  { name: 'vigie-attaques', alerts: [otpBruteForce, otpPasswordSpray, otpReplay, otpLockBurst] },
  { name: 'vigie-verification', alerts: [otpErrorBudgetBurn, otpPathSilent, otpLatencyHigh] },
  { name: 'vigie-cles', alerts: [otpKeysExpiring, otpStockLow] },
  {
    name: 'vigie-etablissements',
    alerts: [etablissementServiceDown, certificateExpiring, backupsLate, collectorSilent, conformityDrop],
  },
  {
    name: 'vigie-plateforme',
    alerts: [
      vigieDown,
      databasePoolSaturated,
      jobFailing,
      collectorFailing,
      journalNotVerified,
      journalBroken,
    ],
  },
]

export const ALERTS: readonly AlertDefinition[] = ALERT_GROUPS.flatMap(({ alerts }) => alerts)
