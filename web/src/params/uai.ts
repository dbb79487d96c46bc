const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'

/** In: a segment of the address. Out: the UAI when it is one and its letter is right, else undefined. */
export function uai(param: string): string | undefined {
  const match = /^(\d{7})([A-Z])$/.exec(param)
  return match && LETTERS[Number(match[1]) % 23] === match[2] ? param : undefined
}
