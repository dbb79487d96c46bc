import type { PerimeterKind } from './schema/access.ts'

export interface Perimeter {
  readonly kind: PerimeterKind
  readonly code: string
}

export const PERIMETER_KINDS = [
  'academie',
  'departement',
  'circonscription',
  'bassin',
  'collectivite',
  'etablissement',
] as const satisfies readonly PerimeterKind[]

/**
 * As whom a transaction runs. `vigie_app` sees the rows of its perimeters (and, with `accountId`, those of that
 * person) and nothing else; `vigie_worker` runs jobs and imports over every establishment; `vigie_auth` reads
 * credentials and no establishment.
 */
export type Identity =
  | { readonly role: 'vigie_app'; readonly perimeters: readonly Perimeter[]; readonly accountId?: string }
  | { readonly role: 'vigie_worker' }
  | { readonly role: 'vigie_auth' }

/** Transaction settings that row-level security reads; a comma would split a code, so it is refused. */
export function scopeSettings(
  perimeters: readonly Perimeter[],
  accountId = '',
): readonly { name: string; value: string }[] {
  const scopes = PERIMETER_KINDS.map((kind) => {
    const codes = perimeters.filter((p) => p.kind === kind).map((p) => p.code)
    if (codes.some((code) => code.includes(','))) throw new Error('a perimeter code holds a comma')
    return { name: `vigie.scope_${kind}`, value: codes.join(',') }
  })
  return [...scopes, { name: 'vigie.account', value: accountId }]
}
