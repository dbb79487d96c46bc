import { expect, it } from 'vitest'
import { packRow, unpackCell } from './mosaic-rows.ts'

const row = {
  uai: '0990001A',
  name: 'Collège des Essais',
  typeLabel: 'Collège',
  commune: 'Villeneuve',
  index: 12.4,
  exige: null,
  coverage: null,
}

it('gives back the status and the share of each cell', () => {
  const share = { numerator: 2.5, denominator: 9, rate: 2.5 / 9 }
  const { cells } = packRow({
    ...row,
    services: [
      { share, status: 'partial' },
      { share: null, status: 'not_applicable' },
    ],
  })
  expect(cells.map(unpackCell)).toEqual([
    { status: 'partial', share },
    { status: 'not_applicable', share: null },
  ])
})

it('never draws an unheard-of status as compliant', () => {
  const { cells } = packRow({ ...row, services: [{ share: null, status: 'excellent' }] })
  expect(cells.map(unpackCell)).toEqual([{ status: 'unknown', share: null }])
})
