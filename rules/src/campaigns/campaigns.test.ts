import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from '../catalogue/index.ts'
import { comparePairs, MOVES, moveBetween } from './comparison.ts'
import { frozenPoints, type FrozenStatus } from './frozen.ts'
import {
  CAMPAIGN_ACTIONS,
  CAMPAIGN_LIFE,
  CAMPAIGN_STATES,
  campaignAfter,
  campaignAllows,
  faultOfDates,
  isCampaignOverdue,
  type CampaignState,
} from './life.ts'

const COUNTED = ['compliant', 'partial', 'non_compliant', 'not_applicable', 'unknown'] as const
const counted = fc.constantFrom(...COUNTED)
const side = fc.option(counted)
const action = fc.constantFrom(...CAMPAIGN_ACTIONS)
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

describe('the life of a campaign', () => {
  it('goes forward only, whatever is attempted in whatever order', () => {
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        let state: CampaignState = 'draft'
        for (const attempted of actions) {
          const next = campaignAfter(state, attempted)
          const step = CAMPAIGN_STATES.indexOf(next) - CAMPAIGN_STATES.indexOf(state)
          expect([0, 1]).toContain(step)
          if (!campaignAllows(attempted, state)) expect(next).toBe(state)
          state = next
        }
      }),
    )
  })

  it('lets nothing be done once closed', () => {
    expect(CAMPAIGN_ACTIONS.filter((attempted) => campaignAllows(attempted, 'closed'))).toEqual([])
  })

  it('opens only what is in preparation, closes only what is open', () => {
    expect(CAMPAIGN_LIFE.open).toMatchObject({ from: 'draft', to: 'open' })
    expect(CAMPAIGN_LIFE.close).toMatchObject({ from: 'open', to: 'closed' })
  })

  it('is overdue from the day after its end, while open only', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CAMPAIGN_STATES), day, day, (state, endsOn, today) => {
        expect(isCampaignOverdue({ state, endsOn }, today)).toBe(state === 'open' && endsOn < today)
      }),
    )
    expect(isCampaignOverdue({ state: 'open', endsOn: '2026-11-30' }, '2026-11-30')).toBe(false)
  })

  it('refuses dates that end before they start, or that are over', () => {
    fc.assert(
      fc.property(day, day, day, (startsOn, endsOn, today) => {
        const fault = faultOfDates({ startsOn, endsOn }, today)
        expect(fault === null).toBe(endsOn >= startsOn && endsOn >= today)
      }),
    )
  })
})

describe('moveBetween', () => {
  it('is the opposite of itself read backwards', () => {
    const opposite = { improved: 'worsened', worsened: 'improved' } as Readonly<Record<string, string>>
    fc.assert(
      fc.property(side, side, (left, right) => {
        const forwards = moveBetween(left, right)
        expect(moveBetween(right, left)).toBe(opposite[forwards] ?? forwards)
      }),
    )
  })

  it('never compares what one side did not ask, or counted on one side alone', () => {
    for (const verdict of COUNTED) expect(moveBetween(null, verdict)).toBe('not_comparable')
    expect(moveBetween('not_applicable', 'compliant')).toBe('not_comparable')
    expect(moveBetween('not_applicable', 'not_applicable')).toBe('unchanged')
  })

  it('counts a proof that went stale as a step back, as the score does', () => {
    expect(moveBetween('compliant', 'unknown')).toBe('worsened')
    expect(moveBetween('unknown', 'non_compliant')).toBe('unchanged')
    expect(moveBetween('unknown', 'partial')).toBe('improved')
  })
})

describe('comparePairs', () => {
  const pair = fc.record({ left: side, right: side, count: fc.integer({ min: 0, max: 500 }) })

  it('counts every pair once, over one denominator for both sides', () => {
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const { moves, left, right } = comparePairs(pairs)
        expect(MOVES.reduce((sum, move) => sum + moves[move], 0)).toBe(
          pairs.reduce((sum, { count }) => sum + count, 0),
        )
        expect(left.applicable).toBe(right.applicable)
        expect(left.points).toBeLessThanOrEqual(2 * left.applicable)
        if (moves.improved === 0) expect(right.points).toBeLessThanOrEqual(left.points)
      }),
    )
  })
})

describe('frozenPoints', () => {
  const ids = REQUIREMENTS.map(({ id }) => id)
  const status = counted.map((verdict): FrozenStatus => ({
    status: verdict,
    counted: verdict,
    basis: 'observed',
  }))

  it('counts the chosen requirements alone, each once', () => {
    fc.assert(
      fc.property(
        fc.subarray(ids, { minLength: 1 }),
        fc.dictionary(fc.constantFrom(...ids), status),
        (chosen, held) => {
          const points = frozenPoints(chosen, 'd2', held)
          const excluded = chosen.filter((id) => held[id]?.counted === 'not_applicable').length
          expect(points.applicable).toBe(chosen.length - excluded)
          expect(points.e.applicable + points.r.applicable + points.f.applicable).toBe(points.applicable)
        },
      ),
    )
  })

  it('takes a derogated recommendation out of the count', () => {
    const recommended = REQUIREMENTS.find(({ levels }) => levels.d1 === 'R')!.id
    const held = {
      [recommended]: {
        status: 'non_compliant',
        counted: 'non_compliant',
        basis: 'observed',
        derogated: true,
      },
    } as const
    expect(frozenPoints([recommended], 'd1', held)).toMatchObject({ r: { applicable: 0 }, derogations: 1 })
  })
})
