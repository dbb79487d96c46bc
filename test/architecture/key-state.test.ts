import { describe, expect, it } from 'vitest'
import { filesIn, read } from './project.ts'

const sources = filesIn('api/src', '.ts').filter((file) => !file.endsWith('.test.ts'))

/** Text from each write on the table to the end of its values. */
const writesOn = (file: string): string[] =>
  [
    ...read(file).matchAll(
      /(?:\.update\((?:schema\.)?otpKey\)|update otp_key\b)[\s\S]{0,400}?(?:where|from)\b/g,
    ),
  ].map(([write]) => write)

describe('the state of a key', () => {
  it('is changed by the life of a key, and by the verification that locks, nowhere else', () => {
    const changing = sources.filter((file) =>
      writesOn(file).some((write) => /\bstate\b|\.set\(change\)/.test(write)),
    )
    expect(changing.toSorted()).toEqual([
      'api/src/features/keys/transition.ts',
      'api/src/features/otp/statements.ts',
    ])
  })

  it('is first written by an import into stock, or by the enrolment of a software token', () => {
    const born = sources.filter((file) =>
      /\.insert\((?:schema\.)?otpKey\)|insert into otp_key\b/.test(read(file)),
    )
    expect(born.toSorted()).toEqual([
      'api/src/features/key-stock/insert-keys.ts',
      'api/src/features/second-factor/confirm-enrolment.ts',
    ])
  })
})
