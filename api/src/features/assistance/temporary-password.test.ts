import { aRandom } from '@vigie/test/support/clock.ts'
import { describe, expect, it } from 'vitest'
import { drawTemporaryPassword } from './temporary-password.ts'

const randomOf = (...draws: number[]) => ({
  ...aRandom(),
  bytes: () => {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, draws.shift() ?? 0)
    return bytes
  },
})

describe('limited-time password', () => {
  it('has eight digits, leading zeros included', () => {
    expect(drawTemporaryPassword(randomOf(42))).toBe('00000042')
    expect(drawTemporaryPassword(randomOf(4_199_999_999))).toBe('99999999')
  })

  it('draws again what would favour some passwords', () => {
    expect(drawTemporaryPassword(randomOf(4_200_000_000, 2 ** 32 - 1, 7))).toBe('00000007')
  })
})
