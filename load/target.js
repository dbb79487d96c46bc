/* global __ENV, open */
import { SharedArray } from 'k6/data'

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost):\d{1,5}$/
const LONGEST_SECONDS = 60

function read() {
  const data = JSON.parse(open(__ENV.VIGIE_LOAD_DATA))
  if (!LOOPBACK.test(data.url))
    throw new Error(`${data.url} is not this machine: these scenarios attack nothing else`)
  return data
}

/** What the run was given: see `npm run load`. One copy for all virtual users. */
const shared = new SharedArray('run', () => {
  const { url, token, readerToken, pin } = read()
  return [{ url, token, readerToken, pin }]
})

export const TARGET = shared[0].url
export const TOKEN = shared[0].token
export const READER_TOKEN = shared[0].readerToken
export const PIN = shared[0].pin
export const HOLDERS = new SharedArray('holders', () => read().holders)
export const VICTIMS = new SharedArray('victims', () => read().victims)

/** Length of the run, bounded. */
export const SECONDS = Math.min(LONGEST_SECONDS, Math.max(2, Number(__ENV.VIGIE_LOAD_SECONDS || 20)))
