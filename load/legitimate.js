import exec from 'k6/execution'
import { Rate } from 'k6/metrics'
import { codeAt, stepNow } from './codes.js'
import { HOLDERS, PIN } from './target.js'
import { freshAddress, verify } from './verification.js'

/** More than the virtual users of any scenario: each has holders that no other verifies. */
const SHARES = 150

export const refused = new Rate('legitimate_refused')

const counters = {}
const stepsUsed = {}
let turn = 0

/** One of the holders of this virtual user, and its next right code. */
export function nextRightCode() {
  const user = exec.vu.idInTest
  const each = Math.floor(HOLDERS.length / SHARES)
  const index = ((user - 1) % SHARES) + SHARES * (turn++ % each)
  const holder = HOLDERS[index]
  const typed = { login: holder.login, pin: PIN, source: freshAddress(user) }
  if (holder.type === 'totp') {
    const step = stepNow()
    if (stepsUsed[index] === step) return nextRightCode()
    stepsUsed[index] = step
    return { ...typed, code: codeAt(holder.seed, step) }
  }
  const counter = counters[index] ?? holder.counter
  counters[index] = counter + 1
  return { ...typed, code: codeAt(holder.seed, counter) }
}

/** A holder gives a right code; being refused is counted. */
export function signIn() {
  const answer = verify('legitimate', nextRightCode())
  refused.add(answer.status !== 204)
}

/** Share of people who mistype their code before they get it right, as on any morning. */
const MISTYPED = 0.03

/** A holder signs in as people do: now and then the last digit is wrong the first time. */
export function signInLikePeople() {
  const typed = nextRightCode()
  if (Math.random() < MISTYPED) {
    const last = (Number(typed.code.slice(-1)) + 1) % 10
    verify('legitimate', { ...typed, code: typed.code.slice(0, -1) + last })
  }
  refused.add(verify('legitimate', typed).status !== 204)
}

/** What holders may expect while the machine is theirs. */
export const CALM = {
  legitimate_refused: ['rate<0.001'],
  'http_req_duration{traffic:legitimate}': ['p(95)<200', 'p(99)<500'],
  'http_reqs{traffic:legitimate}': ['count>50'],
}

/** What they may expect during an attack. */
export const UNDER_ATTACK = {
  legitimate_refused: ['rate<0.001'],
  'http_req_duration{traffic:legitimate}': ['p(95)<500', 'p(99)<1000'],
  'http_reqs{traffic:legitimate}': ['count>20'],
}
