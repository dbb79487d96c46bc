import { describe, expect, it } from 'vitest'
import { trendWords } from './verdict-words.ts'

describe('the trend since the start of the school year', () => {
  it.each([
    [{ direction: 'steady', gained: 0, lost: 0 }, 'stable'],
    [{ direction: 'up', gained: 3, lost: 1 }, 'en progrès (+3, −1)'],
    [{ direction: 'down', gained: 0, lost: 2 }, 'en recul (−2)'],
    [{ direction: 'steady', gained: 1, lost: 1 }, 'stable (+1, −1)'],
  ] as const)('reads %o as « %s »', (trend, words) => {
    expect(trendWords(trend)).toBe(words)
  })
})
