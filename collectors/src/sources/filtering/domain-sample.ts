const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a, then MurmurHash3's last mix: close names land far apart. */
function rankOf(seed: number, name: string): number {
  let hash = seed
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), FNV_PRIME)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export interface DomainSample {
  offer(name: string): void
  /** The sample, in the order of its draw. */
  names(): readonly string[]
}

/**
 * A sample of bounded size drawn while names pass by: the `size` names that the seed ranks first. The same seed draws the same
 * names whatever their order, and a longer list changes few of them.
 */
export function domainSample(size: number, seed: string): DomainSample {
  const start = rankOf(FNV_OFFSET, seed)
  const held: { name: string; rank: number }[] = []
  return {
    offer: (name) => {
      const rank = rankOf(start, name)
      const last = held.at(-1)
      if (size <= 0 || (held.length >= size && last && !before({ name, rank }, last))) return
      if (held.some((known) => known.name === name)) return
      const at = held.findIndex((known) => before({ name, rank }, known))
      held.splice(at === -1 ? held.length : at, 0, { name, rank })
      if (held.length > size) held.pop()
    },
    names: () => held.map(({ name }) => name),
  }
}

const before = (left: { name: string; rank: number }, right: { name: string; rank: number }): boolean =>
  left.rank < right.rank || (left.rank === right.rank && left.name < right.name)
