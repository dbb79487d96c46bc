import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adviceOf,
  appreciationOf,
  prioritiesOf,
  schoolYearStart,
  serviceSign,
  trendOf,
  type BulletinItem,
} from './bulletin.ts'
import { REQUIREMENTS, SERVICES } from './catalogue/index.ts'
import { whyItMatters } from './importance.ts'
import type { RequirementId } from './requirement.ts'
import { emptyPoints, type ScorePoints } from './score.ts'
import type { RetainedStatus } from './verdict.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

const item = (
  requirement: RequirementId,
  status: RetainedStatus,
  over: Partial<BulletinItem> = {},
): BulletinItem => ({
  requirement,
  level: 'E',
  status,
  counted: status === 'contradiction' ? 'non_compliant' : status,
  derogated: false,
  party: 'collectivite',
  ...over,
})

const several = (count: number, status: RetainedStatus) =>
  Array.from({ length: count }, (_, i) => item(`MCO-SVG-${i + 1}`, status))

describe('appreciationOf', () => {
  it.each([
    [several(6, 'compliant'), 'Très satisfaisant : les 6 exigences sont respectées.'],
    [
      [...several(6, 'compliant'), ...several(2, 'unknown')],
      'Très satisfaisant : les 6 exigences observées sont respectées ; 2 restent à vérifier.',
    ],
    [
      [...several(1, 'compliant'), ...several(9, 'unknown')],
      'Encourageant : la seule exigence observée est respectée ; 9 restent à vérifier.',
    ],
    [
      [...several(5, 'compliant'), ...several(3, 'non_compliant')],
      'Insuffisant : 3 exigences sur 8 ne sont pas respectées, dont « Sauvegarde / restauration ».',
    ],
    [
      [...several(7, 'compliant'), ...several(1, 'non_compliant')],
      'Fragile : 1 exigence sur 8 n’est pas respectée : « Sauvegarde / restauration ».',
    ],
    [
      [...several(4, 'compliant'), ...several(2, 'partial')],
      'Satisfaisant : 2 exigences sur 6 ne sont respectées qu’en partie, dont « Sauvegarde / restauration ».',
    ],
    [several(4, 'unknown'), 'Nous ne savons pas encore : aucune preuve reçue.'],
    [several(2, 'not_applicable'), 'Sans objet : ce service ne concerne pas votre établissement.'],
  ])('says it like a school report (%#)', (items, sentence) => {
    expect(plain(appreciationOf(items))).toBe(sentence)
  })

  it('mentions the contradictions that await an arbitration', () => {
    const items = [...several(3, 'compliant'), item('MCO-SVG-9', 'contradiction')]
    expect(appreciationOf(items)).toMatch(/1 contradiction attend un arbitrage\.$/)
  })

  it('does not count what a derogation covers', () => {
    const items = [
      ...several(2, 'compliant'),
      item('MCO-SVG-3', 'non_compliant', { level: 'R', derogated: true }),
    ]
    expect(plain(appreciationOf(items))).toBe('Très satisfaisant : les 2 exigences sont respectées.')
  })
})

describe('prioritiesOf', () => {
  const ids = (items: readonly BulletinItem[]) => prioritiesOf(items).map(({ requirement }) => requirement)

  it('puts required gaps first, then disputes, then what is partial, then what is recommended', () => {
    const items = [
      item('INF-ANN-1', 'non_compliant', { level: 'R' }),
      item('INF-ANN-2', 'partial'),
      item('INF-ANN-3', 'contradiction'),
      item('INF-ANN-4', 'non_compliant'),
    ]
    expect(ids(items)).toEqual(['INF-ANN-4', 'INF-ANN-3', 'INF-ANN-2'])
  })

  it('prefers, among equals, what the establishment can do itself', () => {
    const items = [
      item('INF-ANN-1', 'non_compliant'),
      item('INF-ANN-2', 'non_compliant', { party: 'etablissement' }),
    ]
    expect(ids(items)).toEqual(['INF-ANN-2', 'INF-ANN-1'])
  })

  it('never makes a priority of what is optional, derogated, met or unknown', () => {
    const items = [
      item('INF-ANN-1', 'non_compliant', { level: 'F' }),
      item('INF-ANN-2', 'non_compliant', { level: 'R', derogated: true }),
      item('INF-ANN-3', 'compliant'),
      item('INF-ANN-4', 'unknown'),
    ]
    expect(ids(items)).toEqual([])
  })
})

describe('adviceOf', () => {
  it('says for every requirement why it matters and what to do', () => {
    for (const { id } of REQUIREMENTS) {
      const { why, what } = adviceOf(id, 'non_compliant')
      expect(why).toMatch(/\.$/)
      expect(what.length).toBeGreaterThan(20)
    }
    for (const { id } of SERVICES) expect(whyItMatters(id)).toMatch(/^[A-ZÀ-Ý].*\.$/)
  })

  it('asks to settle a contradiction before anything else', () => {
    expect(adviceOf('MCO-SVG-1', 'contradiction').what).toMatch(/^Ce qui est déclaré/)
  })
})

const level = (points: number, applicable: number) => ({ points, applicable })
const points = (over: Partial<ScorePoints>): ScorePoints => ({ ...emptyPoints(), applicable: 4, ...over })

describe('serviceSign', () => {
  it.each([
    ['compliant', points({ e: level(8, 4), fresh: 4 })],
    ['partial', points({ e: level(7, 4), fresh: 4 })],
    ['non_compliant', points({ e: level(6, 4), nonCompliant: 1 })],
    ['unknown', points({ e: level(6, 4), unknown: 1 })],
    ['contradiction', points({ e: level(6, 4), nonCompliant: 1, contradictions: 1 })],
    ['not_applicable', points({ applicable: 0 })],
    ['unknown', points({ e: level(0, 4), unknown: 4 })],
  ] as const)('reads %s', (sign, of) => {
    expect(serviceSign(of)).toBe(sign)
  })

  it('lets nothing optional darken a service whose duties are met', () => {
    expect(serviceSign(points({ e: level(4, 2), f: level(0, 2), unknown: 2 }))).toBe('compliant')
  })

  it('never says compliant when a required requirement has no proof', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 20 }), (met, unknown) => {
        const sign = serviceSign(
          points({ e: level(2 * met, met + unknown), applicable: met + unknown, unknown }),
        )
        expect(sign).toBe('unknown')
      }),
    )
  })
})

describe('trendOf', () => {
  it('counts what became compliant and what ceased to be', () => {
    const changes: { then: RetainedStatus; now: RetainedStatus }[] = [
      { then: 'unknown', now: 'compliant' },
      { then: 'partial', now: 'compliant' },
      { then: 'compliant', now: 'non_compliant' },
      { then: 'compliant', now: 'compliant' },
    ]
    expect(trendOf(changes)).toEqual({ direction: 'up', gained: 2, lost: 1 })
  })
})

describe('schoolYearStart', () => {
  it.each([
    ['2026-08-31T21:59:00Z', 'Europe/Paris', '2025-09-01'],
    ['2026-08-31T22:00:00Z', 'Europe/Paris', '2026-09-01'],
    ['2026-09-01T03:00:00Z', 'America/Martinique', '2025-09-01'],
    ['2027-01-15T12:00:00Z', 'Europe/Paris', '2026-09-01'],
  ])('at %s in %s it is %s', (at, zone, day) => {
    expect(schoolYearStart(Date.parse(at), zone)).toBe(day)
  })
})
