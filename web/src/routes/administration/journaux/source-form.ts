import { typed } from '#lib/form-text.ts'

/** A source as it was typed. */
export interface TypedSource {
  readonly uai: string
  readonly label: string
  readonly certificate: string
}

export const NO_SOURCE: TypedSource = { uai: '', label: '', certificate: '' }

export const typedSource = (form: FormData): TypedSource => ({
  uai: typed(form, 'uai').toUpperCase(),
  label: typed(form, 'nom'),
  certificate: typed(form, 'certificat'),
})

/** In: the name or the fingerprint of a certificate, as typed. Out: which of both it is, for the API. */
export function readIdentity(text: string): { fingerprint: string } | { certificateName: string } {
  const bare = text.replace(/^sha256 fingerprint=/i, '').replaceAll(/[\s:]/g, '')
  return /^[0-9a-f]{64}$/i.test(bare) ? { fingerprint: bare.toLowerCase() } : { certificateName: text.trim() }
}

/** In: 64 hexadecimal digits. Out: in groups that can be compared by eye. */
export const showFingerprint = (digits: string): string =>
  digits.toUpperCase().match(/.{2}/g)?.join(':') ?? digits
