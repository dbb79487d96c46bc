/** Appearance chosen by the reader: follow the system, or force one. */
export type Scheme = 'system' | 'light' | 'dark'

export const SCHEME_COOKIE = 'vigie_affichage'

export const SCHEMES: readonly { readonly value: Scheme; readonly label: string }[] = [
  { value: 'system', label: 'Auto' },
  { value: 'light', label: 'Clair' },
  { value: 'dark', label: 'Sombre' },
]

/** In: anything. Out: the scheme it names, `system` otherwise. */
export const schemeOf = (value: unknown): Scheme =>
  SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'system'
