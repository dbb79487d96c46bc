import { describe, expect, it } from 'vitest'
import type { Repository } from './backup-view.ts'
import { formatBytes, formatHours, sentencesOf, summaryOf } from './repository-sentences.ts'

const NOW = '2026-11-16T09:00:00Z'
const aRepository = (over: Partial<Repository> = {}): Repository => ({
  repository: 'serveur',
  tool: 'restic',
  covers: ['servers'],
  collectedAt: '2026-11-16T06:00:00Z',
  lastSuccessAt: '2026-11-16T01:00:00Z',
  plannedIntervalHours: 24,
  seenIntervalHours: 24,
  successRatio: 1,
  versions: 14,
  sizeBytes: 1_000,
  encrypted: true,
  remote: true,
  transportEncrypted: true,
  centralised: null,
  logged: null,
  removableOffsite: null,
  dataCheckedAt: '2026-11-10T01:00:00Z',
  structureCheckedAt: null,
  checkFailedAt: null,
  hosts: [],
  silent: false,
  sizes: [],
  sizeChange: null,
  ...over,
})
const said = (over: Partial<Repository>) =>
  sentencesOf(aRepository(over), NOW)
    .map(({ sign, text }) => `${sign} ${text.replaceAll('\u00a0', ' ')}`)
    .join('\n')

describe('the state of a repository in sentences', () => {
  it('is all well when it is', () => {
    const sentences = sentencesOf(aRepository(), NOW)
    expect(new Set(sentences.map(({ sign }) => sign))).toEqual(new Set(['compliant']))
    expect(summaryOf(sentences).text).toBe('Tout va bien')
  })

  it.each([
    [{ lastSuccessAt: null }, 'non_compliant Aucune sauvegarde n’a jamais réussi.'],
    [{ lastSuccessAt: '2026-11-13T01:00:00Z' }, 'partial Dernière sauvegarde réussie il y a 3 jours.'],
    [{ plannedIntervalHours: 0 }, 'non_compliant Aucune sauvegarde n’est planifiée.'],
    [{ successRatio: 0.4 }, 'non_compliant Une sauvegarde est prévue toutes les 24 heures'],
    [{ versions: 1 }, 'non_compliant 1 version restaurable.'],
    [
      { checkFailedAt: '2026-11-15T01:00:00Z' },
      'non_compliant Une vérification a trouvé des erreurs il y a 1 jour.',
    ],
    [{ checkFailedAt: '2026-11-15T01:00:00Z' }, 'non_compliant Aucune version n’est sûre'],
    [{ dataCheckedAt: null }, 'unknown Les données n’ont jamais été relues'],
    [{ dataCheckedAt: null, structureCheckedAt: NOW }, 'unknown Seul l’index a été vérifié'],
    [{ encrypted: false }, 'non_compliant Les sauvegardes ne sont pas chiffrées'],
    [{ remote: false }, 'partial La copie est sur le site'],
    [{ transportEncrypted: false }, 'non_compliant Les données circulent en clair'],
    [{ silent: true }, 'unknown Ce dépôt n’a rien envoyé depuis 3 heures.'],
    [
      { sizeChange: { kind: 'growth' as const, factor: 2.5 } },
      'partial La taille est passée à 250 % de l’habituelle',
    ],
  ])('says %o', (over, expected) => {
    expect(said(over)).toContain(expected)
  })

  it('puts what must be corrected first, and counts it', () => {
    const sentences = sentencesOf(aRepository({ encrypted: false, versions: 0, remote: false }), NOW)
    expect(sentences.map(({ sign }) => sign).slice(0, 3)).toEqual([
      'non_compliant',
      'non_compliant',
      'partial',
    ])
    expect(summaryOf(sentences)).toMatchObject({ sign: 'non_compliant', text: '2\u00a0points à corriger' })
  })

  it('says sizes and delays as people do', () => {
    expect(formatBytes(0)).toBe('0\u00a0o')
    expect(formatBytes(21_345_000_000)).toBe('21,3\u00a0Go')
    expect(formatHours(24)).toBe('24\u00a0heures')
    expect(formatHours(168)).toBe('7\u00a0jours')
  })
})
