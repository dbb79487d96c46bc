import http from 'k6/http'
import { Rate } from 'k6/metrics'
import { CALM, nextRightCode } from './legitimate.js'
import { SECONDS } from './target.js'
import { verification } from './verification.js'

const AT_ONCE = 5

const notOnce = new Rate('code_not_accepted_once')
const unexpected = new Rate('unexpected_answer')

/** Each right code is sent five times at the same moment: it is accepted once, the rest are refused. */
export const options = {
  batch: AT_ONCE,
  batchPerHost: AT_ONCE,
  scenarios: {
    storm: {
      executor: 'constant-arrival-rate',
      rate: 15,
      duration: `${SECONDS}s`,
      preAllocatedVUs: 40,
    },
  },
  thresholds: {
    code_not_accepted_once: ['rate==0'],
    unexpected_answer: ['rate==0'],
    'http_req_duration{traffic:legitimate}': ['p(99)<1000'],
    'http_reqs{traffic:legitimate}': CALM['http_reqs{traffic:legitimate}'],
  },
}

export default function storm() {
  const typed = nextRightCode()
  const answers = http.batch(Array.from({ length: AT_ONCE }, () => verification('legitimate', typed)))
  notOnce.add(answers.filter(({ status }) => status === 204).length !== 1)
  for (const { status } of answers) unexpected.add(status !== 204 && status !== 401)
}
