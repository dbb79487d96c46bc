import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileRefusal } from './csv-refusal.ts'
import { readKeyFile } from './key-file.ts'
import { seedOf } from './key-seed.ts'

const TODAY = '2026-11-16'
const SEED = '3132333435363738393031323334353637383930'
const read = (...lines: string[]) => readKeyFile(Buffer.from(lines.join('\n')), {}, TODAY)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

describe('readKeyFile on CSV', () => {
  it('matches columns by name, in French or English, with either separator', async () => {
    const french = await read(
      'Numéro série;Graine;Type;Chiffres;Période;Algorithme;Date fabrication;Prix;Compteur',
      `A-1;${SEED};TOTP;8;60;SHA-256;03/02/2025;8,5;`,
    )
    const english = await read(
      'price,serial,seed,type,digits,period,algorithm,manufacture_date',
      `8.50,A-1,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,totp,8,60,sha256,2025-02-03`,
    )
    expect(french).toEqual(english)
    expect(french).toMatchObject({
      format: 'csv',
      refusals: [],
      keys: [
        {
          line: 2,
          key: {
            ...{ serial: 'A-1', type: 'totp', digits: 8, period: 60, algorithm: 'SHA256' },
            ...{ manufacturedOn: '2025-02-03', unitPriceCents: 850, counter: 0 },
          },
        },
      ],
    })
    expect(hex(french.keys[0]!.key.seed)).toBe(SEED)
  })

  it('takes HOTP with 6 digits when nothing else is said, TOTP when there is a period', async () => {
    const { keys } = await read('serie;graine;periode;compteur', `A-1;${SEED};;17`, `A-2;${SEED};30;`)
    expect(keys.map(({ key }) => [key.type, key.digits, key.period, key.counter])).toEqual([
      ['hotp', 6, null, 17],
      ['totp', 6, 30, 0],
    ])
    expect(keys[0]!.key).toMatchObject({ manufacturedOn: null, unitPriceCents: null, algorithm: 'SHA1' })
  })

  it.each([
    ['graine', `A;${'31'.repeat(15)}`],
    ['graine', 'A;'],
    ['graine', 'A;pas une graine !'],
    ['numero_serie', `;${SEED}`],
    ['numero_serie', `A B;${SEED}`],
    ['type', `A;${SEED};ocra`],
    ['chiffres', `A;${SEED};;5`],
    ['chiffres', `A;${SEED};;six`],
    ['periode', `A;${SEED};totp;;0`],
    ['periode', `A;${SEED};totp;;86400`],
    ['algorithme', `A;${SEED};;;;md5`],
    ['date_fabrication', `A;${SEED};;;;;2025-02-30`],
    ['date_fabrication', `A;${SEED};;;;;2026-11-17`],
    ['prix', `A;${SEED};;;;;;cher`],
    ['compteur', `A;${SEED};;;;;;;-3`],
    ['compteur', `A;${SEED};;;;;;;99999999999999999`],
  ])('refuses %s in « %s », by line, without quoting the seed', async (field, row) => {
    const header = 'numero_serie;graine;type;chiffres;periode;algorithme;date_fabrication;prix;compteur'
    const padded = row + ';'.repeat(8 - (row.match(/;/g)?.length ?? 0))
    const { keys, refusals } = await read(header, padded)
    expect(keys).toEqual([])
    expect(refusals).toMatchObject([{ line: 2, field }])
    expect(refusals[0]!.reason).not.toContain('pas une graine')
  })

  it('refuses every line of a serial that stands twice', async () => {
    const { keys, refusals } = await read('serie;graine', `A;${SEED}`, `B;${SEED}`, `A;${SEED}`, 'B;31')
    expect(keys).toEqual([])
    expect(refusals.map(({ line, field }) => [line, field])).toEqual([
      [2, 'numero_serie'],
      [3, 'numero_serie'],
      [4, 'numero_serie'],
      [5, 'graine'],
    ])
  })

  it('refuses a file without its columns or without a key', async () => {
    await expect(read('serie;type', 'A;hotp')).rejects.toThrow(/« graine »/)
    await expect(read('serie;graine')).rejects.toThrow(/aucune clé/)
    await expect(read('')).rejects.toBeInstanceOf(FileRefusal)
  })
})

describe('seedOf', () => {
  it('gives back any seed written in hexadecimal or base32, grouped or padded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (seed) => {
        const base32 = toBase32(seed)
        expect(hex(seedOf(hex(seed).toUpperCase(), 'graine'))).toBe(hex(seed))
        fc.pre(!/^[A-F2-7]+$/.test(base32))
        const padded = base32.padEnd(Math.ceil(base32.length / 8) * 8, '=')
        for (const text of [base32, padded, base32.toLowerCase(), base32.replaceAll(/(.{4})/g, '$1 ')])
          expect(hex(seedOf(text, 'graine'))).toBe(hex(seed))
      }),
    )
  })

  it('refuses a base32 text that was cut', () => {
    for (const text of ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR9', 'GEZDGNBVGY3TQOJQGEZDGNBVGYZ', 'MZ', 'MY===='])
      expect(() => seedOf(text, 'graine'), text).toThrow(/graine/)
  })
})
