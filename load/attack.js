import { Rate } from 'k6/metrics'

const accepted = new Rate('attack_accepted')
const notRefused = new Rate('attack_not_refused')

/** An attempt that must fail: 401, and nothing else. */
export function expectRefusal(answer) {
  accepted.add(answer.status === 204)
  notRefused.add(answer.status !== 401)
}

/** No wrong attempt passes, each gets the one refusal, and the server keeps answering. */
export const HELD = {
  attack_accepted: ['rate==0'],
  attack_not_refused: ['rate==0'],
  'http_req_duration{traffic:attack}': ['p(99)<2000'],
  'http_reqs{traffic:attack}': ['count>50'],
}
