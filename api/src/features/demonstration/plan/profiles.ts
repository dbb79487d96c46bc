import type { Kind } from './etablissements.ts'
import { chanceOf } from './sequence.ts'

/** How an establishment fares over the months; `quality` and `coverage` go from 0 to 1. */
export interface Course {
  /** Part of what can be observed that its collectors report. */
  readonly coverage: number
  /** Chance that an observation is good, at the start of the story and today. */
  readonly qualityThen: number
  readonly qualityNow: number
  /** Part of what nothing observes that its head declares. */
  readonly declared: number
  /** Inventory agents: machines seen. */
  readonly machines: readonly [least: number, most: number]
  /** Days before today at which its collectors fell silent; null while they report. */
  readonly silentSince: number | null
  /** Its backup collector fails today. */
  readonly failing: boolean
}

export const PROFILES = {
  exemplary: {
    coverage: 0.95,
    qualityThen: 0.85,
    qualityNow: 0.95,
    machines: [5, 7],
    declared: 0.92,
    silentSince: null,
    failing: false,
  },
  solid: {
    coverage: 0.75,
    qualityThen: 0.7,
    qualityNow: 0.8,
    machines: [3, 4],
    declared: 0.75,
    silentSince: null,
    failing: false,
  },
  improving: {
    coverage: 0.7,
    qualityThen: 0.25,
    qualityNow: 0.75,
    machines: [3, 3],
    declared: 0.6,
    silentSince: null,
    failing: false,
  },
  tired: {
    coverage: 0.6,
    qualityThen: 0.45,
    qualityNow: 0.25,
    machines: [3, 3],
    declared: 0.4,
    silentSince: null,
    failing: false,
  },
  modest: {
    coverage: 0.35,
    qualityThen: 0.5,
    qualityNow: 0.55,
    machines: [0, 2],
    declared: 0.35,
    silentSince: null,
    failing: false,
  },
  sparse: {
    coverage: 0.18,
    qualityThen: 0.4,
    qualityNow: 0.45,
    machines: [0, 0],
    declared: 0.18,
    silentSince: null,
    failing: false,
  },
  silent: {
    coverage: 0.65,
    qualityThen: 0.6,
    qualityNow: 0.6,
    machines: [2, 3],
    declared: 0.45,
    silentSince: 20,
    failing: false,
  },
  stale: {
    coverage: 0.6,
    qualityThen: 0.6,
    qualityNow: 0.6,
    machines: [0, 0],
    declared: 0.35,
    silentSince: 75,
    failing: false,
  },
  failing: {
    coverage: 0.7,
    qualityThen: 0.65,
    qualityNow: 0.65,
    machines: [3, 3],
    declared: 0.5,
    silentSince: null,
    failing: true,
  },
  bare: {
    coverage: 0,
    qualityThen: 0,
    qualityNow: 0,
    machines: [0, 0],
    declared: 0,
    silentSince: null,
    failing: false,
  },
} as const satisfies Record<string, Course>

export type Profile = keyof typeof PROFILES

/** Chances by kind of establishment; the last one takes the rest. */
const ECOLE: readonly (readonly [Profile, number])[] = [
  ['bare', 0.2],
  ['sparse', 0.3],
  ['modest', 0.2],
  ['solid', 0.08],
  ['improving', 0.06],
  ['stale', 0.06],
  ['silent', 0.05],
  ['failing', 0.05],
]
const COLLEGE: readonly (readonly [Profile, number])[] = [
  ['tired', 0.3],
  ['solid', 0.22],
  ['improving', 0.2],
  ['silent', 0.12],
  ['failing', 0.08],
  ['modest', 0.08],
]
const LYCEE: readonly (readonly [Profile, number])[] = [
  ['exemplary', 0.45],
  ['solid', 0.25],
  ['improving', 0.15],
  ['tired', 0.15],
]

const CHANCES: Readonly<Record<Kind, typeof ECOLE>> = {
  maternelle: ECOLE,
  elementaire: ECOLE,
  primaire: ECOLE,
  college: COLLEGE,
  lgt: LYCEE,
  polyvalent: LYCEE,
  lp: LYCEE,
  erea: COLLEGE,
}

/** In: an establishment. Out: how it fares, the same on every run. */
export function profileOf(uai: string, kind: Kind): Profile {
  const chances = CHANCES[kind]
  let left = chanceOf(uai, 'profile')
  for (const [profile, share] of chances) {
    if (left < share) return profile
    left -= share
  }
  return chances.at(-1)?.[0] ?? 'bare'
}
