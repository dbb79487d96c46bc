import type { KeyState } from './key-view.ts'

/** What a state amounts to: its colour on screen, and its part of a bar. */
export type KeyFamily = 'stock' | 'prepared' | 'waiting' | 'active' | 'halted' | 'lost' | 'out'

export const KEY_FAMILIES: readonly KeyFamily[] = [
  'stock',
  'prepared',
  'waiting',
  'active',
  'halted',
  'lost',
  'out',
]

export const FAMILY_OF: Readonly<Record<KeyState, KeyFamily>> = {
  stock: 'stock',
  initialised: 'prepared',
  handed_over: 'waiting',
  active: 'active',
  paused: 'halted',
  locked: 'halted',
  lost: 'lost',
  stolen: 'lost',
  broken: 'lost',
  revoked: 'out',
  returned: 'out',
  scrapped: 'out',
}

/** One sign per state, in a square of 16: never the colour alone. */
export const STATE_SIGNS: Readonly<Record<KeyState, string>> = {
  stock: 'M2.5 5.200 8 2.500l5.500 2.700v5.600L8 13.500l-5.500-2.700ZM2.5 5.200 8 8l5.500-2.800M8 8v5.500',
  initialised:
    'M8 2.600a2.600 2.600 0 1 1 0 5.200 2.600 2.600 0 0 1 0-5.200ZM3 13.600c.4-2.800 2.300-4 5-4s4.600 1.200 5 4',
  handed_over: 'M2 8h8.500M7.200 4.500 10.700 8l-3.500 3.500M13.600 3v10',
  active: 'M2.500 8.600 6.300 12.400 13.600 4',
  paused: 'M5.500 3.500v9M10.500 3.500v9',
  locked: 'M3.500 7.200h9v6.300h-9ZM5.400 7.200V5.100a2.600 2.600 0 0 1 5.200 0v2.100',
  lost: 'M5.200 5.600c0-1.900 1.300-3 2.900-3s2.800 1 2.800 2.700c0 2.200-2.700 2.300-2.700 4.500M8.200 13v.2',
  stolen: 'M8 2.500v7.300M8 13v.2',
  broken: 'M9.500 2 5 8.500h3.200L6.500 14l4.800-7H8Z',
  revoked: 'M8 2.300a5.700 5.700 0 1 1 0 11.400A5.700 5.700 0 0 1 8 2.300ZM4 12 12 4',
  returned: 'M6 3.500 2.500 7 6 10.500M2.500 7h7.300c2 0 3.700 1.300 3.700 3.200V13',
  scrapped: 'm3.500 3.500 9 9m0-9-9 9',
}

/** The life of a key in one sentence per state, for a definition a tap away. */
export const STATE_MEANINGS: Readonly<Record<KeyState, string>> = {
  stock: 'Sur une étagère, sans porteur.',
  initialised: 'Attribuée à un porteur, pas encore entre ses mains.',
  handed_over: 'Entre les mains du porteur, qui n’a pas encore fait accepter son premier code.',
  active: 'Ouvre les applications de son porteur.',
  paused: 'N’ouvre plus rien, jusqu’à sa reprise.',
  locked: 'Trop d’essais ont échoué : n’ouvre plus rien jusqu’à l’intervention de l’assistance.',
  lost: 'Déclarée perdue : n’ouvre plus rien, à révoquer.',
  stolen: 'Déclarée volée : n’ouvre plus rien, à révoquer.',
  broken: 'Déclarée cassée : n’ouvre plus rien, à révoquer.',
  revoked: 'Désactivée pour de bon ; elle reste à restituer.',
  returned: 'Rendue par son porteur, avec son bordereau.',
  scrapped: 'Sortie du parc définitivement.',
}

/** In: counts by state. Out: the parts of a bar, by family, in the order of a key's life; the empty ones left out. */
export function partsOf(
  counts: readonly { readonly state: KeyState; readonly count: number }[],
): readonly { readonly family: KeyFamily; readonly count: number }[] {
  const sums = new Map<KeyFamily, number>()
  for (const { state, count } of counts) sums.set(FAMILY_OF[state], (sums.get(FAMILY_OF[state]) ?? 0) + count)
  return KEY_FAMILIES.map((family) => ({ family, count: sums.get(family) ?? 0 })).filter(
    ({ count }) => count > 0,
  )
}
