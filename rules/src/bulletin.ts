import { requirementById, serviceById } from './catalogue/index.ts'
import { checkFor } from './checks/index.ts'
import { whyItMatters } from './importance.ts'
import type { Level, RequirementId, ServiceId } from './requirement.ts'
import type { Party } from './responsibility.ts'
import { serviceOf } from './score.ts'
import type { ScorePoints } from './score.ts'
import type { DecidedVerdict, RetainedStatus } from './verdict.ts'
import { agree, counted as countOf, decimal, typeset } from './wording.ts'

/** One requirement of one establishment, as a bulletin reads it. */
export interface BulletinItem {
  readonly requirement: RequirementId
  readonly level: Level
  readonly status: RetainedStatus
  /** What the score counts: for a contradiction, the worse of both. */
  readonly counted: DecidedVerdict | 'unknown'
  readonly derogated: boolean
  readonly party: Party
}

/**
 * In: the points of a service. Out: its worst sign. What is optional never marks a service whose required and
 * recommended requirements are all met; without proof, a service is never « conforme ».
 */
export function serviceSign(points: ScorePoints): RetainedStatus {
  const { e, r, f } = points
  if (points.contradictions > 0) return 'contradiction'
  if (points.applicable === 0) return 'not_applicable'
  const due = e.applicable + r.applicable
  if (due > 0 && e.points + r.points === 2 * due) return 'compliant'
  if (points.nonCompliant > 0) return 'non_compliant'
  const counted = due + f.applicable
  if (counted === 0) return 'compliant'
  const met = counted - points.unknown
  if (2 * met > e.points + r.points + f.points) return 'partial'
  return points.unknown > 0 ? 'unknown' : 'compliant'
}

const isApplicable = (item: BulletinItem) => item.counted !== 'not_applicable' && !item.derogated

const functionOf = (item: BulletinItem | undefined): string =>
  item ? `« ${requirementById(item.requirement)?.function ?? item.requirement} »` : ''

/** Most demanding first. */
export const LEVEL_ORDER: readonly Level[] = ['E', 'R', 'F']
const byLevel = (a: BulletinItem, b: BulletinItem) =>
  LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level)

const including = (items: readonly BulletinItem[], total: number): string => {
  const first = functionOf(items.toSorted(byLevel)[0])
  return total === 1 ? ` : ${first}` : `, dont ${first}`
}

const toVerify = (unknown: number): string =>
  unknown === 0 ? '' : ` ; ${decimal(unknown)} ${agree(unknown, 'reste', 'restent')} à vérifier`

function whenAllMet(known: number, unknown: number): string {
  const seen = unknown === 0 ? '' : agree(known, ' observée', ' observées')
  const fact =
    known === 1
      ? `la seule exigence${seen} est respectée`
      : `les ${decimal(known)} exigences${seen} sont respectées`
  const word = known >= unknown ? 'Très satisfaisant' : 'Encourageant'
  return `${word} : ${fact}${toVerify(unknown)}`
}

function whenPartial(known: number, partial: readonly BulletinItem[], unknown: number): string {
  const count = partial.length
  return (
    `Satisfaisant : ${countOf(count, 'exigence', 'exigences')} sur ${decimal(known)} ` +
    `${agree(count, 'n’est respectée', 'ne sont respectées')} qu’en partie${including(partial, count)}${toVerify(unknown)}`
  )
}

function whenMissed(known: number, missed: readonly BulletinItem[], unknown: number): string {
  const count = missed.length
  const word = 3 * count >= known ? 'Insuffisant' : 'Fragile'
  return (
    `${word} : ${countOf(count, 'exigence', 'exigences')} sur ${decimal(known)} ` +
    `${agree(count, 'n’est pas respectée', 'ne sont pas respectées')}${including(missed, count)}${toVerify(unknown)}`
  )
}

/** In: the requirements of one service of one establishment. Out: its appreciation, one French sentence. */
export function appreciationOf(items: readonly BulletinItem[]): string {
  const applicable = items.filter(isApplicable)
  if (applicable.length === 0)
    return typeset(
      items.some((item) => item.derogated)
        ? 'Dispensé : une dérogation couvre ce service.'
        : 'Sans objet : ce service ne concerne pas votre établissement.',
    )
  const known = applicable.filter((item) => item.counted !== 'unknown')
  if (known.length === 0) return typeset('Nous ne savons pas encore : aucune preuve reçue.')
  const unknown = applicable.length - known.length
  const missed = known.filter((item) => item.counted === 'non_compliant')
  const partial = known.filter((item) => item.counted === 'partial')
  const sentence =
    missed.length > 0
      ? whenMissed(known.length, missed, unknown)
      : partial.length > 0
        ? whenPartial(known.length, partial, unknown)
        : whenAllMet(known.length, unknown)
  const contradictions = applicable.filter((item) => item.status === 'contradiction').length
  const dispute =
    contradictions === 0
      ? ''
      : ` ${countOf(contradictions, 'contradiction attend', 'contradictions attendent')} un arbitrage.`
  return typeset(`${sentence}.${dispute}`)
}

/** Smaller comes first; null for what is no priority: what is met, unknown, optional or under derogation. */
function rankOf(item: BulletinItem): number | null {
  if (item.derogated || item.level === 'F') return null
  const base = item.level === 'E' ? 0 : 3
  if (item.status === 'contradiction') return base + 1
  if (item.counted === 'non_compliant') return base
  return item.counted === 'partial' ? base + 2 : null
}

/**
 * In: the requirements of one establishment, in catalogue order. Out: the `count` that matter most: required before
 * recommended, not met before disputed before partial, then those that the establishment itself can act on.
 */
export function prioritiesOf<I extends BulletinItem>(items: readonly I[], count = 3): readonly I[] {
  return items
    .flatMap((item) => {
      const rank = rankOf(item)
      return rank === null ? [] : [{ item, rank: 2 * rank + (item.party === 'etablissement' ? 0 : 1) }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ item }) => item)
}

/** In: a requirement and its status. Out: why it matters and what to do this week, in plain French. */
export function adviceOf(
  requirement: RequirementId,
  status: RetainedStatus,
): { readonly why: string; readonly what: string } {
  const statement = requirementById(requirement)?.statement ?? requirement
  const remedy = checkFor(requirement)?.remediation ?? `À mettre en place : ${lowerFirst(statement)}`
  const what =
    status === 'contradiction'
      ? `Ce qui est déclaré et ce qui est mesuré se contredisent : corrigez l’un ou l’autre. ${remedy}`
      : remedy
  return { why: whyItMatters(serviceOf(requirement)), what: typeset(what) }
}

const lowerFirst = (text: string): string =>
  /^[A-ZÀ-Ý][a-zà-ÿ’ ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

/** Movement of a service since a day: requirements that became compliant, and that ceased to be. */
export interface ServiceTrend {
  readonly direction: 'up' | 'down' | 'steady'
  readonly gained: number
  readonly lost: number
}

/** In: the status of each changed requirement then and now. Out: the movement. Compliant alone is a gain. */
export function trendOf(
  changes: readonly { readonly then: RetainedStatus; readonly now: RetainedStatus }[],
): ServiceTrend {
  const gained = changes.filter((c) => c.then !== 'compliant' && c.now === 'compliant').length
  const lost = changes.filter((c) => c.then === 'compliant' && c.now !== 'compliant').length
  return { direction: gained > lost ? 'up' : gained < lost ? 'down' : 'steady', gained, lost }
}

/** In: an instant (epoch ms) and an IANA zone. Out: the 1 September that began its school year, `2026-09-01`. */
export function schoolYearStart(at: number, timeZone: string): string {
  const [year = '', month = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .format(at)
    .split('-')
  return `${Number(month) >= 9 ? year : String(Number(year) - 1)}-09-01`
}

/** Name of a service as screens print it; the id when the catalogue has none. */
export const serviceNameOf = (service: ServiceId): string => serviceById(service)?.name ?? service
