/** 8 MiB: 13 bits for each of five million names, so that 3 in 1,000 unknown names pass for known. */
const BITS = 1 << 26
const HASHES = 4

export interface NameFilter {
  add(name: string): void
  /** False only when the name was never added; true may be wrong, for a few in 1,000. */
  mayHold(name: string): boolean
}

/** A set of names in bounded memory (Bloom, 1970; double hashing of Kirsch and Mitzenmacher, 2006). */
export function nameFilter(): NameFilter {
  const bits = new Uint32Array(BITS / 32)
  let [start, stride] = [0, 0]
  const aim = (name: string) => {
    start = 0x811c9dc5
    stride = 0x9747b28c
    for (let at = 0; at < name.length; at += 1) {
      const code = name.charCodeAt(at)
      start = Math.imul(start ^ code, 0x01000193)
      stride = Math.imul(stride ^ code, 0x5bd1e995)
    }
    start = Math.imul(start ^ (start >>> 15), 0x85ebca6b)
    stride = Math.imul(stride ^ (stride >>> 13), 0xc2b2ae35) | 1
  }
  const placeOf = (turn: number): number => ((start + Math.imul(turn, stride)) >>> 0) % BITS
  return {
    add: (name) => {
      aim(name)
      for (let turn = 0; turn < HASHES; turn += 1) {
        const place = placeOf(turn)
        bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31))
      }
    },
    mayHold: (name) => {
      aim(name)
      for (let turn = 0; turn < HASHES; turn += 1) {
        const place = placeOf(turn)
        if (((bits[place >>> 5] ?? 0) & (1 << (place & 31))) === 0) return false
      }
      return true
    },
  }
}
