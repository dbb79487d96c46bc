import type { Context } from '../../context.ts'
import { academieName } from '../etablissements/labels.ts'
import { pictureOf } from './board.ts'
import { loadBoard } from './load-board.ts'
import { readSurroundings } from './read-surroundings.ts'
import type { Traffic } from './schema.ts'
import { scopeOf } from './scope.ts'

export const namesOf = (academies: readonly string[]): Traffic['academies'] =>
  academies.map((code) => ({ code, name: academieName(code) }))

/** The verifications of the last hour on the caller's académies, and what stands around. Errors: those of `scopeOf`. */
export async function readTraffic(ctx: Context): Promise<Traffic> {
  const scope = scopeOf(ctx.actor)
  const board = await loadBoard(ctx, scope)
  return {
    ...pictureOf(board),
    academies: namesOf(scope.academies),
    surroundings: await readSurroundings(ctx, scope),
  }
}
