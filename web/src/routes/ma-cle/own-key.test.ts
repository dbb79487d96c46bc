import { describe, expect, it } from 'vitest'
import { sentencesOf, type OwnKey } from './own-key.ts'

const NOW = '2026-11-16T09:00:00.000Z'

const anOwnKey = (change: Partial<OwnKey> = {}): OwnKey => ({
  key: {
    serial: 'ESSAI1',
    kind: 'hardware',
    type: 'hotp',
    state: 'active',
    stateLabel: 'Active',
    stateSince: NOW,
    expiresOn: '2030-01-15',
  },
  situation: 'Votre clé fonctionne.',
  pinSet: true,
  pausedUntil: null,
  lastAcceptedAt: '2026-11-13T09:00:00.000Z',
  actions: [],
  procedures: [],
  ...change,
})

describe('sentencesOf', () => {
  it('tells in three sentences where the key stands', () => {
    expect(sentencesOf(anOwnKey(), NOW)).toEqual([
      'Votre clé fonctionne.',
      'Son dernier code a été accepté il y a 3\u00a0jours.',
      'Elle peut servir jusqu’au 15 janvier 2030.',
    ])
  })

  it('says when its life is over, and that it has never served', () => {
    const old = anOwnKey({ lastAcceptedAt: null })
    if (old.key) old.key.expiresOn = '2026-11-15'
    expect(sentencesOf(old, NOW).slice(1).join(' ')).toMatch(/n’a encore servi.*fin de vie est passée/)
  })

  it('has nothing to add when there is no key', () => {
    expect(sentencesOf(anOwnKey({ key: null, situation: 'Aucune clé.' }), NOW)).toEqual(['Aucune clé.'])
  })
})
