import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from './catalogue/index.ts'
import { checkFor } from './checks/index.ts'
import { evaluateAll, evaluateRequirement } from './evaluate.ts'
import type { Observation } from './evaluate.ts'
import { expiryOf } from './evidence.ts'
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 2, 20, 12)
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

type Row = readonly [key: EvidenceKey, value: EvidenceValue, observedAt?: number]

const observing = (rows: readonly Row[], failedKeys: readonly EvidenceKey[] = []): Observation => ({
  evidence: new Map<EvidenceKey, Evidence>(
    rows.map(([key, value, observedAt = NOW - DAY]) => [key, { key, value, observedAt }]),
  ),
  failedKeys: new Set(failedKeys),
})

describe('evaluateRequirement', () => {
  it('decides from fresh evidence and says until when', () => {
    const observation = observing([
      ['parc.workstation.count', 50, NOW - 3 * DAY],
      ['parc.workstation.firewall_active', 50, NOW - DAY],
    ])
    const evaluated = evaluateRequirement('INF-PDT-9', observation, NOW)
    expect(evaluated.observed.verdict).toBe('compliant')
    expect(evaluated.usedKeys).toEqual(['parc.workstation.count', 'parc.workstation.firewall_active'])
    expect(evaluated.evidenceAt).toBe(NOW - DAY)
    expect(evaluated.staleAt).toBe(expiryOf('parc.workstation.count', NOW - 3 * DAY))
  })

  it('reports never observed when one needed key is missing, and names it alone', () => {
    const { observed, staleAt, evidenceAt } = evaluateRequirement(
      'INF-PDT-9',
      observing([['parc.workstation.count', 50]]),
      NOW,
    )
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed', figures: [] })
    expect(plain(observed.reason)).toBe(
      'Aucune preuve n’a encore été reçue pour « Postes avec un pare-feu individuel actif ».',
    )
    expect([staleAt, evidenceAt]).toEqual([null, null])
  })

  it('reports stale from the very instant of expiry, with the date', () => {
    const observedAt = NOW - 10 * DAY
    const observation = observing([['backup.restore_test_age', 3, observedAt]])
    const expiry = expiryOf('backup.restore_test_age', observedAt)
    expect(evaluateRequirement('MCO-SVG-8', observation, expiry - 1).observed.verdict).toBe('compliant')
    const { observed } = evaluateRequirement('MCO-SVG-8', observation, expiry)
    expect(observed.unknownReason).toBe('stale')
    expect(plain(observed.reason)).toBe(
      'La preuve est périmée depuis le 24 avril 2026 pour « Âge du dernier test de restauration réussi ».',
    )
  })

  it('names the day in the time zone asked for', () => {
    const observedAt = Date.UTC(2026, 0, 1, 1)
    const observation = observing([['backup.restore_test_age', 3, observedAt]])
    const { observed } = evaluateRequirement('MCO-SVG-8', observation, NOW, 'America/Martinique')
    expect(observed.reason).toContain('14 février 2026')
  })

  it('puts absence before age when both are wanting', () => {
    const observation = observing([['parc.workstation.count', 50, NOW - 90 * DAY]])
    expect(evaluateRequirement('INF-PDT-9', observation, NOW).observed.unknownReason).toBe('never_observed')
  })

  it('blames the collector when the missing key is among the failed ones', () => {
    const observation = observing(
      [['parc.workstation.count', 50]],
      ['parc.workstation.firewall_active', 'backup.logged'],
    )
    const { observed } = evaluateRequirement('INF-PDT-9', observation, NOW)
    expect(observed.unknownReason).toBe('collector_failed')
    expect(plain(observed.reason)).toBe(
      'La dernière collecte a échoué pour « Postes avec un pare-feu individuel actif ».',
    )
  })

  it('blames the collector when the stale key is among the failed ones, and says since when', () => {
    const observation = observing(
      [
        ['backup.last_success_age', 3, NOW - 4 * DAY],
        ['backup.success_ratio_30d', 1],
      ],
      ['backup.last_success_age'],
    )
    const { observed } = evaluateRequirement('MCO-SVG-1', observation, NOW)
    expect(observed.unknownReason).toBe('collector_failed')
    expect(plain(observed.reason)).toBe(
      'La dernière collecte a échoué pour « Âge de la dernière sauvegarde réussie », et la preuve est périmée depuis le 19 mars 2026.',
    )
  })

  it('keeps deciding on fresh evidence when the latest collection failed', () => {
    const observation = observing([['backup.restore_test_age', 3]], ['backup.restore_test_age'])
    expect(evaluateRequirement('MCO-SVG-8', observation, NOW).observed.verdict).toBe('compliant')
  })

  it('ignores an observation dated after the instant of evaluation', () => {
    const observation = observing([['backup.restore_test_age', 3, NOW + 1]])
    expect(evaluateRequirement('MCO-SVG-8', observation, NOW).observed.unknownReason).toBe('never_observed')
    expect(evaluateRequirement('MCO-SVG-8', observation, NOW + 1).observed.verdict).toBe('compliant')
  })

  it('decides nothing on a part that exceeds its whole', () => {
    const observation = observing([
      ['parc.workstation.count', 10],
      ['parc.workstation.firewall_active', 12],
    ])
    const { observed, staleAt } = evaluateRequirement('INF-PDT-9', observation, NOW)
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'collector_failed' })
    expect(plain(observed.reason)).toBe(
      'Les chiffres collectés se contredisent : « Postes avec un pare-feu individuel actif » (12) dépasse « Postes de travail connus » (10).',
    )
    expect(staleAt).toBeNull()
  })

  it('needs no further evidence for a fault that is seen, until that evidence expires', () => {
    const observedAt = NOW - DAY
    const observation = observing([['directory.anonymous_bind', true, observedAt]], ['directory.accounts'])
    const { observed, usedKeys, evidenceAt, staleAt } = evaluateRequirement('INF-ANN-1', observation, NOW)
    expect(observed).toMatchObject({
      verdict: 'non_compliant',
      reason: 'L’annuaire se lit sans s’identifier.',
    })
    expect(usedKeys).toEqual(['directory.anonymous_bind'])
    expect([evidenceAt, staleAt]).toEqual([observedAt, expiryOf('directory.anonymous_bind', observedAt)])
    const later = evaluateRequirement('INF-ANN-1', observation, staleAt ?? NOW)
    expect(later.observed.unknownReason).toBe('collector_failed')
  })

  it('stays unknown when the keys that are known show no fault', () => {
    const observation = observing([['directory.anonymous_bind', false]])
    expect(evaluateRequirement('INF-ANN-1', observation, NOW).observed.unknownReason).toBe('never_observed')
  })

  it('reports a manual requirement as never observed, with a reason', () => {
    const evaluated = evaluateRequirement('INF-SEC-3', observing([]), NOW)
    expect(evaluated.observed).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed' })
    expect(evaluated.observed.reason).toContain('déclaration')
    expect(evaluated.usedKeys).toEqual([])
  })
})

describe('evaluateAll', () => {
  it('answers for every requirement of the catalogue, in its order, as one by one', () => {
    const observation = observing([
      ['parc.workstation.count', 50],
      ['parc.workstation.firewall_active', 40],
      ['backup.restore_test_age', 400],
    ])
    const all = evaluateAll(observation, NOW)
    expect(all.map(({ requirement }) => requirement)).toEqual(REQUIREMENTS.map(({ id }) => id))
    expect(all).toEqual(REQUIREMENTS.map(({ id }) => evaluateRequirement(id, observation, NOW)))
    expect(
      all.filter(({ observed }) => observed.verdict !== 'unknown').map(({ requirement }) => requirement),
    ).toEqual(['INF-PDT-9', 'MCO-SVG-8'])
  })

  it('leaves every requirement unknown without evidence, never silent', () => {
    for (const { observed, requirement } of evaluateAll(observing([]), NOW)) {
      expect(observed.verdict).toBe('unknown')
      expect(observed.reason).toMatch(/\.$/)
      expect(checkFor(requirement) === undefined).toBe(observed.reason.includes('déclaration'))
    }
  })
})
