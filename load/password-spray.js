import exec from 'k6/execution'
import { expectRefusal, HELD } from './attack.js'
import { signIn, UNDER_ATTACK } from './legitimate.js'
import { SECONDS, VICTIMS } from './target.js'
import { freshAddress, verify } from './verification.js'

/** One PIN and one code tried on every login, half of which exist; the other holders go on. */
export const options = {
  scenarios: {
    spray: {
      executor: 'constant-vus',
      exec: 'spray',
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

export function spray() {
  const turn = exec.scenario.iterationInTest
  const login = turn % 2 === 0 ? VICTIMS[turn % VICTIMS.length].login : `personne.${turn}`
  const source = freshAddress(exec.vu.idInTest)
  expectRefusal(verify('attack', { login, pin: '1234', code: '123456', source }))
}

export const holder = signIn
