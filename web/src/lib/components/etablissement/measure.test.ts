import { describe, expect, it } from 'vitest'
import { readFigure, readMebibytes, readMeasure } from './measure.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('readMeasure', () => {
  it.each([
    [true, 'bool', 'oui'],
    [false, 'bool', 'non'],
    [0.967, 'ratio', '96 %'],
    [1, 'd', '1 jour'],
    [12, 'd', '12 jours'],
    [5, 'h', '5 heures'],
    [96, 'h', '4 jours'],
    [2_500_000_000, 'By', '2,5 Go'],
    [0, 'By', '0 octet'],
    [1234, '1', '1 234'],
    ['TLS 1.3', 'text', 'TLS 1.3'],
  ])('reads %s %s as « %s »', (value, unit, expected) => {
    expect(plain(readMeasure(value, unit))).toBe(expected)
  })
})

describe('readFigure', () => {
  it('shows a share with its numerator and denominator', () => {
    expect(plain(readFigure({ label: 'Postes', value: 48, of: 50 }))).toBe('48 / 50 (96 %)')
  })

  it('gives no percentage of nothing', () => {
    expect(plain(readFigure({ label: 'Postes', value: 0, of: 0 }))).toBe('0 / 0')
  })
})

it('reads memory in gigaoctets from one gibioctet on', () => {
  expect([512, 16_384].map((value) => plain(readMebibytes(value)))).toEqual(['512 Mo', '16 Go'])
})
