import type { Framework } from './framework.ts'
import { HYGIENE } from './hygiene.ts'

export type { Control, ControlGroup, Framework } from './framework.ts'
export { judgeControl, type ControlJudgement } from './judge-control.ts'

/** Frameworks that come with Vigie beside CARINE. */
export const FRAMEWORKS: readonly Framework[] = [HYGIENE]
