import { hmac } from 'k6/crypto'

const bytesOf = (hex) => new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16))).buffer

/** Six digits of RFC 4226, section 5.3. In: a seed in hexadecimal, and the counter or the time step. */
export function codeAt(seed, counter) {
  const moving = new DataView(new ArrayBuffer(8))
  moving.setUint32(0, Math.floor(counter / 2 ** 32))
  moving.setUint32(4, counter >>> 0)
  const digest = new DataView(hmac('sha1', bytesOf(seed), moving.buffer, 'binary'))
  const offset = digest.getUint8(19) & 0xf
  return String((digest.getUint32(offset) & 0x7fffffff) % 1000000).padStart(6, '0')
}

/** Time step of now (RFC 6238), thirty seconds each. */
export const stepNow = () => Math.floor(Date.now() / 30000)
