import { expect, it } from 'vitest'
import { lifeLeft } from './end-of-life.ts'

const NOW = '2026-11-16T09:00:00.000Z'

it.each([
  ['2026-11-15', 'over', 'dépassée'],
  ['2026-11-16', 'soon', 'dans moins d’un mois'],
  ['2026-12-15', 'soon', 'dans moins d’un mois'],
  ['2026-12-16', 'soon', 'dans 1\u00a0mois'],
  ['2027-11-15', 'soon', 'dans 11\u00a0mois'],
  ['2027-11-16', null, ''],
  [null, null, ''],
])('says of a life that ends on %s: %s', (on, near, words) =>
  expect(lifeLeft(on, NOW)).toEqual({ near, words }),
)
