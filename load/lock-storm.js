import exec from 'k6/execution'
import { expectRefusal, HELD } from './attack.js'
import { codeAt } from './codes.js'
import { signIn, UNDER_ATTACK } from './legitimate.js'
import { PIN, SECONDS, VICTIMS } from './target.js'
import { freshAddress, verify } from './verification.js'

const FAILURES = 6

/** Many keys are pushed to their pause at once; a right code is then refused on them, and accepted everywhere else. */
export const options = {
  scenarios: {
    storm: {
      executor: 'constant-vus',
      exec: 'storm',
      vus: 12,
      duration: `${SECONDS}s`,
    },
    holders: {
      executor: 'constant-arrival-rate',
      exec: 'holder',
      rate: 15,
      duration: `${SECONDS}s`,
      preAllocatedVUs: 40,
    },
  },
  thresholds: { ...HELD, ...UNDER_ATTACK },
}

export function storm() {
  const user = exec.vu.idInTest
  const { login, seed, counter } = VICTIMS[exec.scenario.iterationInTest % VICTIMS.length]
  const attempt = (pin, code) =>
    expectRefusal(verify('attack', { login, pin, code, source: freshAddress(user) }))
  for (let failures = 0; failures < FAILURES; failures += 1) attempt('1234', '123456')
  attempt(PIN, codeAt(seed, counter))
}

export const holder = signIn
