import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CollectionError } from '../../collector.ts'
import { runCollector } from '../../run.ts'
import type { HeaderConfig } from './config.ts'
import { marksOf, verdictOf } from './filter-marks.ts'
import { deliveryOf, readHeaders } from './header-block.ts'
import { mailHeaders } from './mail-headers.ts'
import { readDkim, readDmarc, readSpf, readTags } from './tagged-record.ts'

const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string())

describe('SPF', () => {
  it.each([
    [['v=spf1 mx -all'], true],
    [['v=spf1 include:_spf.exemple.fr ip4:192.0.2.0/24 ~all'], true],
    [['v=spf1 redirect=_spf.exemple.fr'], true],
    [['V=SPF1 a -ALL'], true],
    [['v=spf1 mx ?all'], false],
    [['v=spf1 mx +all'], false],
    [['v=spf1 mx all'], false],
    [['v=spf1 mx'], false],
    [['v=spf1 mx -all', 'v=spf1 a -all'], false],
    [['v=spf1 mx garbage! -all'], false],
    [['v=spf10 -all'], false],
    [['google-site-verification=x'], false],
    [[], false],
  ])('%j: %s', (records, protects) => {
    expect(readSpf(records).protects).toBe(protects)
  })

  it('never throws, and never protects without saying whom to refuse', () => {
    fc.assert(
      fc.property(fc.array(anything), (records) => {
        if (readSpf(records).protects) expect(records.join(' ')).toMatch(/[-~]all|redirect=/i)
      }),
    )
  })
})

describe('DKIM', () => {
  it.each([
    [['v=DKIM1; k=rsa; p=MIGfMA0GCSqG'], true],
    [['k=rsa; p=MIGf MA0GCSqG'], true],
    [['v=DKIM1; p='], false],
    [['v=DKIM1; k=rsa'], false],
    [['v=DKIM2; p=abcd'], false],
    [['v=DKIM1; p=<html>'], false],
    [[], false],
  ])('%j: %s', (records, protects) => {
    expect(readDkim(records).protects).toBe(protects)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.array(anything), (records) => void readDkim(records)))
  })
})

describe('DMARC', () => {
  it.each([
    [['v=DMARC1; p=reject; rua=mailto:x@exemple.fr'], false, true],
    [['v=DMARC1;p=quarantine;pct=50'], false, true],
    [['v=DMARC1; p=none'], false, false],
    [['v=DMARC1; p=reject; pct=0'], false, false],
    [['v=DMARC1; p=reject; sp=none'], true, false],
    [['v=DMARC1; p=none; sp=reject'], true, true],
    [['v=DMARC1; p=reject', 'v=DMARC1; p=reject'], false, false],
  ])('%j, inherited %s: %s', (records, inherited, protects) => {
    expect(readDmarc(records, inherited)?.protects).toBe(protects)
  })

  it('is absent when no record is its own', () => {
    expect(readDmarc(['v=spf1 -all'], false)).toBeNull()
    expect(readDmarc(['v=DMARC12; p=reject'], false)).toBeNull()
  })

  it('never throws, and protects by its own words only', () => {
    fc.assert(
      fc.property(fc.array(anything), fc.boolean(), (records, inherited) => {
        if (readDmarc(records, inherited)?.protects) expect(records.join('')).toMatch(/quarantine|reject/i)
      }),
    )
  })

  it('has tags that come back as they were written', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
    const value = fc.stringMatching(/^[a-z0-9:@.=-]{1,20}$/)
    fc.assert(
      fc.property(fc.dictionary(name, value), (tags) => {
        const text = Object.entries(tags)
          .map(([key, held]) => `${key} = ${held}`)
          .join('; ')
        expect(Object.fromEntries(readTags(text) ?? [])).toEqual({ ...tags })
      }),
    )
  })
})

const MESSAGE = [
  'Return-Path: <envoyeur@prive.exemple>',
  'Received: from mx.ailleurs.exemple (mx.ailleurs.exemple [192.0.2.9])',
  '\tby mx1.college-essai.exemple.fr (Postfix) with ESMTPS id ABC;',
  '\tMon, 16 Nov 2026 09:12:00 +0100 (CET)',
  'Authentication-Results: mx1.college-essai.exemple.fr; dkim=pass header.d=prive.exemple;',
  ' spf=softfail smtp.mailfrom=envoyeur@prive.exemple',
  'X-Spam-Status: No, score=-1.2 required=5.0 tests=BAYES_00',
  'X-Virus-Scanned: ClamAV at mx1.college-essai.exemple.fr',
  'From: Envoyeur <envoyeur@prive.exemple>',
  'Subject: un sujet que personne ne doit garder',
  '',
  'X-Virus-Status: corps du message',
].join('\r\n')
const CONFIG = {
  domain: 'college-essai.exemple.fr',
  uais: ['0990001N'],
  trustedHosts: ['college-essai.exemple.fr'],
  marks: { spam: [], virus: [] },
}
const read = (message: string, changes: Partial<HeaderConfig> = {}) =>
  runCollector(
    mailHeaders,
    { ...CONFIG, ...changes, message },
    {
      now: () => new Date('2026-11-16T09:00:00Z'),
      request: () => Promise.reject(new CollectionError('', { retryable: false })),
    },
    { timeoutMs: 1_000, retries: 0, retryDelayMs: 0 },
  )

describe('the headers of a probe message', () => {
  it('tell which filters examined it, when, and nothing else', async () => {
    const run = await read(MESSAGE)
    expect(run.evidence).toEqual([
      {
        uai: '0990001N',
        key: 'mail.spam_filter',
        value: true,
        observedAt: new Date('2026-11-16T08:12:00Z'),
        source: 'Message d’essai à college-essai.exemple.fr : x-spam-status (propre)',
      },
      expect.objectContaining({ key: 'mail.virus_filter', value: true }),
    ])
    expect(run.ignored).toEqual([{ reason: 'vérifications du serveur : dkim=pass, spf=softfail', count: 1 }])
    expect(JSON.stringify(run)).not.toMatch(/envoyeur|sujet|corps|ABC/)
  })

  it('without a mark prove that no filter examined it', async () => {
    const run = await read(MESSAGE.replaceAll(/^X-(Spam|Virus)-(Status|Scanned): .*\r\n/gm, ''))
    expect(run.evidence.map(({ value }) => value)).toEqual([false, false])
  })

  it('with a mark of a filter of one’s own count it', async () => {
    const message = MESSAGE.replace('X-Spam-Status', 'X-Filtre-Valmont')
    expect((await read(message)).evidence[0]).toMatchObject({ value: false })
    const marks = { spam: ['X-Filtre-Valmont'], virus: [] }
    expect((await read(message, { marks })).evidence[0]).toMatchObject({ value: true })
  })

  it.each([
    ['taken in elsewhere', MESSAGE.replaceAll('college-essai', 'ailleurs'), 'serveur de l’institution'],
    ['that is too old', MESSAGE.replace('16 Nov', '02 Nov'), 'plus de 7 jours'],
    ['of no message', 'bonjour', 'n’est pas un message reçu'],
  ])('%s are refused', async (_, message, reason) => {
    const run = await read(message)
    expect(run).toMatchObject({ outcome: 'failed', evidence: [] })
    expect(run.error).toContain(reason)
  })

  it.each([
    ['x-spam-status', 'Yes, score=12', 'suspect'],
    ['x-spamd-result', 'default: False [1.2 / 15.0]', 'propre'],
    ['x-spamd-result', 'default: True [22 / 15.0]', 'suspect'],
    ['x-ms-exchange-organization-scl', '-1', 'non examiné'],
    ['x-ms-exchange-organization-scl', '6', 'suspect'],
    ['x-virus-status', 'Clean', 'propre'],
    ['x-virus-scanned', 'Not scanned: too big', 'non examiné'],
    ['x-virus-scanned', 'Debian amavisd-new at mx', 'examiné'],
    ['x-college-mailscanner', 'Found to be clean', 'propre'],
  ])('%s: %s is %s', (name, value, verdict) => {
    expect(verdictOf({ name, value })).toBe(verdict)
  })

  it('never throw, never grow, and give verdicts of four words', () => {
    fc.assert(
      fc.property(anything, (message) => {
        const headers = readHeaders(message)
        expect(headers.map(({ value }) => value).join('').length).toBeLessThanOrEqual(
          message.length + headers.length,
        )
        void deliveryOf(headers)
        for (const { verdict } of marksOf(headers, { spam: [], virus: [] })) {
          expect(['propre', 'suspect', 'examiné', 'non examiné']).toContain(verdict)
        }
      }),
    )
  })

  it('come back unfolded', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.array(word, { minLength: 1 })), { minLength: 1 }), (fields) => {
        const message = fields.map(([name, words]) => `${name}: ${words.join('\r\n\t')}`).join('\r\n')
        expect(readHeaders(`${message}\r\n\r\nCorps: non`)).toEqual(
          fields.map(([name, words]) => ({ name: name.toLowerCase(), value: words.join(' ') })),
        )
      }),
    )
  })
})
