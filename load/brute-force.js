import exec from 'k6/execution'
import { expectRefusal, HELD } from './attack.js'
import { codeAt } from './codes.js'
import { signIn, UNDER_ATTACK } from './legitimate.js'
import { PIN, SECONDS, VICTIMS } from './target.js'
import { freshAddress, verify } from './verification.js'

/** Many addresses guess the code of one key whose PIN they know; the other holders go on. */
export const options = {
  scenarios: {
    guesses: {
      executor: 'constant-vus',
      exec: 'guess',
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

const VICTIM = VICTIMS[0]
const right = new Set(Array.from({ length: 12 }, (_, ahead) => codeAt(VICTIM.seed, VICTIM.counter + ahead)))

export function guess() {
  let code = String(Math.floor(Math.random() * 1000000)).padStart(6, '0')
  if (right.has(code)) code = right.has('000000') ? '000001' : '000000'
  const source = freshAddress(exec.vu.idInTest)
  expectRefusal(verify('attack', { login: VICTIM.login, pin: PIN, code, source }))
}

export const holder = signIn
