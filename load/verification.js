import http from 'k6/http'
import { TARGET, TOKEN } from './target.js'

const ADDRESS = `${TARGET}/v1/otp/verifications`

/** One verification as k6's `http.batch` takes it. `traffic` is `legitimate` or `attack`. */
export const verification = (traffic, { login, pin, code, source }) => ({
  method: 'POST',
  url: ADDRESS,
  body: JSON.stringify({ login, pin, code, source }),
  params: {
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    tags: { traffic, name: 'verification' },
    timeout: '10s',
  },
})

export function verify(traffic, typed) {
  const { url, body, params } = verification(traffic, typed)
  return http.post(url, body, params)
}

let drawn = 0

/** An address that no other attempt of this run came from: neither a limit nor a queue of one source stands in the way. */
export function freshAddress(user) {
  drawn += 1
  return `2001:db8:${user.toString(16)}::${drawn.toString(16)}`
}
