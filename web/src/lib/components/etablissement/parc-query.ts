export const MACHINE_KINDS = [
  'workstation',
  'laptop',
  'server',
  'network',
  'printer',
  'mobile',
  'other',
] as const
export type MachineKind = (typeof MACHINE_KINDS)[number]

/** What the address of the parc says. */
export interface ParcQuery {
  readonly text: string
  readonly kind: MachineKind | null
  /** Machines that left the parc, instead of the others. */
  readonly retired: boolean
  readonly page: number
}

/** In: the query of the parc's address. Out: what it asks; a value that means nothing asks nothing. */
export function readParcQuery(query: URLSearchParams): ParcQuery {
  const page = Number(query.get('page') ?? '1')
  return {
    text: (query.get('q') ?? '').trim().slice(0, 100),
    kind: MACHINE_KINDS.find((kind) => kind === query.get('nature')) ?? null,
    retired: query.get('sorties') === 'oui',
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  }
}

/** In: what is asked. Out: the query of its address, `?` included; the page is left out. */
export function parcAddress({ text, kind, retired }: Partial<ParcQuery>): string {
  const query = new URLSearchParams()
  if (text) query.set('q', text)
  if (kind) query.set('nature', kind)
  if (retired) query.set('sorties', 'oui')
  return query.size > 0 ? `?${query}` : ''
}
