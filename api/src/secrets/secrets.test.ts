import { reserving } from '@vigie/test/support/deps.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Config } from '../context.ts'
import { keyringOf } from './keyring.ts'
import { isGuessable, macPin, macPinWith } from './pin.ts'
import { openSeed, sealSeed } from './seal.ts'

const configWith = (current: number, ...former: number[]): Config => ({
  masterKey: new Uint8Array(32).fill(current),
  formerMasterKeys: former.map((byte) => new Uint8Array(32).fill(byte)),
  secureCookies: false,
  demonstration: false,
  metricsToken: null,
  mail: null,
  publicUrl: null,
  strongRoles: [],
  metricsEtablissements: false,
  holderRetentionMonths: 24,
  incidentRetentionMonths: 36,
  reservedNetworks: reserving(),
  readsPrometheus: false,
  proofs: { maxBytes: 1_048_576, clamd: null },
})
const ring = keyringOf(configWith(1))

describe('sealed seeds', () => {
  it('open to what was sealed, and never look the same twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.uuid(), (seed, keyId) => {
        const sealed = sealSeed(ring, keyId, seed)
        expect(openSeed(ring, keyId, sealed)).toEqual(seed)
        expect(sealSeed(ring, keyId, seed).seedSealed).not.toEqual(sealed.seedSealed)
      }),
      { numRuns: 50 },
    )
  })

  it('do not open once one bit has changed, nor on another key’s row', () => {
    const sealed = sealSeed(ring, 'a', new Uint8Array(20).fill(9))
    for (let index = 0; index < sealed.seedSealed.length; index += 1) {
      const seedSealed = new Uint8Array(sealed.seedSealed)
      seedSealed[index]! ^= 1
      expect(() => openSeed(ring, 'a', { ...sealed, seedSealed })).toThrow()
    }
    expect(() => openSeed(ring, 'b', sealed)).toThrow()
  })

  it('still open after the master key was replaced, as long as the former one is configured', () => {
    const seed = new Uint8Array(20).fill(3)
    const sealed = sealSeed(ring, 'a', seed)
    expect(openSeed(keyringOf(configWith(2, 1)), 'a', sealed)).toEqual(seed)
    expect(() => openSeed(keyringOf(configWith(2)), 'a', sealed)).toThrow(/former master key/)
  })
})

describe('PIN', () => {
  it('has another image for another holder, another PIN or another pepper', () => {
    const { pinMac, pepperId } = macPin(ring, 'holder', '4071')
    expect(macPinWith(ring, pepperId, 'holder', '4071')).toEqual(pinMac)
    expect(macPinWith(ring, pepperId, 'other', '4071')).not.toEqual(pinMac)
    expect(macPinWith(ring, pepperId, 'holder', '4072')).not.toEqual(pinMac)
    expect(macPin(keyringOf(configWith(2)), 'holder', '4071').pinMac).not.toEqual(pinMac)
  })

  it('is told guessable when it repeats one digit or counts', () => {
    for (const pin of ['0000', '7777', '1234', '0123', '7890', '9876', '3210'])
      expect(isGuessable(pin)).toBe(true)
    for (const pin of ['4071', '1243', '1122', '2580']) expect(isGuessable(pin)).toBe(false)
  })
})
