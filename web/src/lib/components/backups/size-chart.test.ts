import { describe, expect, it } from 'vitest'
import { laySizes } from './size-chart.ts'

describe('the chart of sizes', () => {
  it('starts at zero and keeps days at their distance', () => {
    const chart = laySizes([
      { day: '2026-11-01', sizeBytes: 50 },
      { day: '2026-11-02', sizeBytes: 100 },
      { day: '2026-11-05', sizeBytes: 75 },
    ])
    expect(chart.line).toBe('0,50 25,0 100,25')
    expect(chart.area).toBe('0,100 0,50 25,0 100,25 100,100')
  })

  it('stands up to empty repositories', () => {
    expect(
      laySizes([
        { day: '2026-11-01', sizeBytes: 0 },
        { day: '2026-11-02', sizeBytes: 0 },
      ]).line,
    ).toBe('0,100 100,100')
  })
})
