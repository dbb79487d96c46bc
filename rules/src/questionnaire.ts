import { REQUIREMENTS } from './catalogue/index.ts'
import { checkFor } from './checks/index.ts'
import { questionOf } from './questions/index.ts'
import type { Degree, Level, RequirementId, ServiceId } from './requirement.ts'
import type { Basis } from './verdict.ts'
import { typeset } from './wording.ts'

/** A subject as the head of a school names it; services that speak of the same thing stand together. */
export interface Theme {
  readonly id: string
  readonly title: string
  readonly services: readonly ServiceId[]
}

/** Most important first: what is lost for good when it fails, then what lets a stranger in, then the rest. */
export const THEMES: readonly Theme[] = (
  [
    ['sauvegardes', 'Les sauvegardes et les fichiers', ['MCO-SVG', 'UTI-ESF']],
    ['comptes', 'Les comptes et les mots de passe', ['INF-AUT', 'INF-ANN']],
    ['internet', 'Internet, le réseau et le filtrage', ['INF-SEC']],
    ['ordinateurs', 'Les ordinateurs et leur remise à neuf', ['INF-PDT', 'MCO-REG']],
    ['messagerie', 'Le courrier, les SMS et le dialogue en ligne', ['UTI-MSG', 'UTI-CTR']],
    ['traces', 'Les journaux et la surveillance des pannes', ['MCO-JAL', 'MCO-SEI']],
    ['materiel', 'L’inventaire du matériel', ['MCO-PAR']],
    ['publication', 'Le site, les écrans d’affichage et la recherche', ['UTI-PUB', 'INF-DIF', 'UTI-REC']],
  ] as const
).map(([id, title, services]) => ({ id, title: typeset(title), services }))

const THEME_RANK = new Map<ServiceId, number>(
  THEMES.flatMap(({ services }, rank) => services.map((service) => [service, rank] as const)),
)
const CATALOGUE_RANK = new Map<RequirementId, number>(REQUIREMENTS.map(({ id }, rank) => [id, rank]))

/** What a run may take, in minutes. */
export const LONGEST_MINUTES = 30
/** Minutes to say that a declaration still holds. */
export const CONFIRM_MINUTES = 0.25
/** A declaration younger than this is not asked again. */
export const RECENT_DAYS = 180
const DAY_MS = 86_400_000
const LEVELS: readonly Level[] = ['E', 'R', 'F']

/** Where a requirement stands when the run begins. Instants are epoch ms. */
export interface QuestionnaireStanding {
  readonly requirement: RequirementId
  readonly level: Level
  readonly basis: Basis
  readonly derogated: boolean
  /** When the declaration in force was made; null without one. */
  readonly declaredAt: number | null
  /** Replied in this run: the question keeps its place, whatever it became. */
  readonly replied: boolean
}

/** `confirm`: a declaration holds, and the question is whether it is still true. */
export interface QuestionnaireStep {
  readonly requirement: RequirementId
  readonly theme: Theme
  readonly level: Level
  readonly kind: 'ask' | 'confirm'
  readonly minutes: number
}

export interface QuestionnairePlan {
  /** In the order in which they are asked. */
  readonly steps: readonly QuestionnaireStep[]
  readonly minutes: number
  /** Asked in another run, for this one would be too long; most important first. */
  readonly postponed: readonly RequirementId[]
  /** Declared lately: they may be changed, they are not asked. */
  readonly recent: readonly RequirementId[]
  /** How many a machine answers, or the RSSI settled. */
  readonly settled: number
}

type Candidate = QuestionnaireStep & { readonly automatic: boolean; readonly replied: boolean }

const SETTLED: readonly Basis[] = ['observed', 'confirmed', 'arbitrated', 'contradiction']

/**
 * What a run asks, and in which order. In: where each requirement stands, the degree, the instant (epoch ms), and
 * whether optional requirements are asked too. Out: at most `LONGEST_MINUTES`: what was replied, then demanded, then
 * recommended; within a level, what nothing can observe before what a collector could still show. They are then put theme by theme.
 */
export function planQuestionnaire(
  standings: readonly QuestionnaireStanding[],
  { at, withOptional }: { readonly at: number; readonly withOptional: boolean },
): QuestionnairePlan {
  const candidates: Candidate[] = []
  const recent: RequirementId[] = []
  let settled = 0
  for (const standing of standings) {
    if (!withOptional && standing.level === 'F' && !standing.replied) continue
    const place = placeOf(standing, at)
    if (place === 'settled') settled += 1
    else if (place === 'recent') recent.push(standing.requirement)
    else candidates.push(candidateOf(standing, place))
  }
  const steps: QuestionnaireStep[] = []
  const postponed: RequirementId[] = []
  let minutes = 0
  for (const { automatic: _automatic, replied: _replied, ...step } of candidates.toSorted(byUrgency)) {
    if (minutes + step.minutes > LONGEST_MINUTES) postponed.push(step.requirement)
    else {
      minutes += step.minutes
      steps.push(step)
    }
  }
  return { steps: steps.toSorted(byPlace), minutes, postponed, recent, settled }
}

function placeOf(standing: QuestionnaireStanding, at: number): 'ask' | 'confirm' | 'recent' | 'settled' {
  const { basis, derogated, declaredAt, replied } = standing
  if (replied) return declaredAt === null ? 'ask' : 'confirm'
  if (SETTLED.includes(basis) || derogated) return 'settled'
  if (declaredAt === null) return 'ask'
  return at - declaredAt < RECENT_DAYS * DAY_MS ? 'recent' : 'confirm'
}

function candidateOf(
  { requirement, level, replied }: QuestionnaireStanding,
  kind: 'ask' | 'confirm',
): Candidate {
  return {
    requirement,
    theme: themeOf(requirement),
    level,
    kind,
    minutes: kind === 'confirm' ? CONFIRM_MINUTES : (questionOf(requirement)?.minutes ?? 0.5),
    automatic: checkFor(requirement) !== undefined,
    replied,
  }
}

const serviceOfId = (requirement: RequirementId) => requirement.slice(0, 7) as ServiceId

/** In: a requirement. Out: its theme. */
export function themeOf(requirement: RequirementId): Theme {
  const theme = THEMES[THEME_RANK.get(serviceOfId(requirement)) ?? 0]
  if (!theme) throw new RangeError(`no theme for ${requirement}`)
  return theme
}

const rankOf = ({ requirement }: Candidate | QuestionnaireStep) =>
  1_000 * (THEME_RANK.get(serviceOfId(requirement)) ?? 0) + (CATALOGUE_RANK.get(requirement) ?? 0)
const levelRank = ({ level }: QuestionnaireStep) => LEVELS.indexOf(level)

const byUrgency = (a: Candidate, b: Candidate): number =>
  Number(b.replied) - Number(a.replied) ||
  levelRank(a) - levelRank(b) ||
  Number(a.automatic) - Number(b.automatic) ||
  Number(b.kind === 'confirm') - Number(a.kind === 'confirm') ||
  rankOf(a) - rankOf(b)

/** Level, then theme, then the order of the catalogue. */
const byPlace = (a: QuestionnaireStep, b: QuestionnaireStep): number =>
  levelRank(a) - levelRank(b) || rankOf(a) - rankOf(b)

/** In: a degree. Out: where every requirement stands at an establishment about which nothing is known. */
export const nothingKnown = (degree: Degree): readonly QuestionnaireStanding[] =>
  REQUIREMENTS.map(({ id, levels }) => ({
    requirement: id,
    level: levels[degree],
    basis: 'none',
    derogated: false,
    declaredAt: null,
    replied: false,
  }))

/** In: minutes. Out: « environ 14 minutes ». */
export function aboutMinutes(minutes: number): string {
  const whole = Math.ceil(minutes)
  if (whole <= 1) return 'environ 1 minute'
  return `environ ${whole} minutes`
}
