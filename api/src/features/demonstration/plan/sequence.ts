/** Number in [0, 1) that depends on the text only: the demonstration is the same on every machine. */
export function chanceOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of parts.join('/')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** One of the items, chosen by the text. */
export function pick<T>(items: readonly T[], ...parts: readonly (string | number)[]): T {
  const item = items[Math.floor(chanceOf(...parts) * items.length)]
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}

/** Whole number from `least` to `most`, both included, chosen by the text. */
export const wholeOf = (least: number, most: number, ...parts: readonly (string | number)[]): number =>
  least + Math.floor(chanceOf(...parts) * (most - least + 1))
