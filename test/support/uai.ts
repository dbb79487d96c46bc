const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
let minted = 0

/** A fictional UAI (099xxxx) with its letter. In: a number from 0 to 9999. */
export function uaiOf(number: number): string {
  const digits = `099${String(number).padStart(4, '0')}`
  return `${digits}${LETTERS[Number(digits) % 23]}`
}

/** A fictional UAI that no other call of this process has given. */
export const anUai = (): string => uaiOf(minted++)
