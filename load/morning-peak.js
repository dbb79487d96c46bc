import { CALM, signInLikePeople } from './legitimate.js'
import { SECONDS } from './target.js'

const quarter = `${SECONDS / 4}s`

/** Everybody signs in before the first lesson: some mistype; the rate climbs, stays, and falls. */
export const options = {
  scenarios: {
    holders: {
      executor: 'ramping-arrival-rate',
      startRate: 10,
      stages: [
        { target: 150, duration: quarter },
        { target: 150, duration: `${SECONDS / 2}s` },
        { target: 10, duration: quarter },
      ],
      preAllocatedVUs: 100,
    },
  },
  thresholds: CALM,
}

export default signInLikePeople
