import { expect, it } from 'vitest'
import { readIdentity, showFingerprint } from './source-form.ts'

const digits = 'ab'.repeat(32)

it('takes what openssl prints for a fingerprint, and anything else for a name', () => {
  expect(readIdentity(`sha256 Fingerprint=${showFingerprint(digits)}`)).toEqual({ fingerprint: digits })
  expect(readIdentity(showFingerprint(digits))).toEqual({ fingerprint: digits })
  expect(readIdentity(' serveur.college.exemple.fr ')).toEqual({
    certificateName: 'serveur.college.exemple.fr',
  })
})
