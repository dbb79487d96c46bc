import type { RecordingGroup, RecordingRule } from '../rule.ts'
import { availabilities, services } from './availability.ts'
import { calendar } from './calendar.ts'
import { conformity } from './conformity.ts'
import { etablissements } from './etablissements.ts'
import { verification } from './verification.ts'

export const RECORDING_GROUPS: readonly RecordingGroup[] = [
  verification,
  calendar,
  services,
  availabilities,
  etablissements,
  conformity,
]

export const RECORDINGS: readonly RecordingRule[] = RECORDING_GROUPS.flatMap(({ rules }) => rules)
