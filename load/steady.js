import { CALM, signIn } from './legitimate.js'
import { SECONDS } from './target.js'

/** Holders sign in at an even rate: what a working day asks of the service, many times over. */
export const options = {
  scenarios: {
    holders: {
      executor: 'constant-arrival-rate',
      rate: 80,
      duration: `${SECONDS}s`,
      preAllocatedVUs: 60,
    },
  },
  thresholds: CALM,
}

export default signIn
