import type { Random } from '../../context.ts'

const DIGITS = 8
const BOUND = 10 ** DIGITS
/** Largest multiple of the bound in 32 bits: what lies above would favour some passwords. */
const FAIR = Math.floor(2 ** 32 / BOUND) * BOUND

/** Out: eight digits, each of the 10^8 passwords as likely as another. */
export function drawTemporaryPassword(random: Random): string {
  for (;;) {
    const drawn = new DataView(random.bytes(4).slice().buffer).getUint32(0)
    if (drawn < FAIR) return String(drawn % BOUND).padStart(DIGITS, '0')
  }
}
