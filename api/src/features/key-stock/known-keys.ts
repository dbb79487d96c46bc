import { timingSafeEqual } from 'node:crypto'
import type { KeyFile, KeyRecord, RefusedKey } from '@vigie/collectors'
import { schema } from '@vigie/db'
import { eq, inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed } from '../../secrets/seal.ts'

type FileKey = KeyFile['keys'][number]

/** Keys of a file, told apart by what the database already holds. */
export interface ComparedKeys {
  readonly fresh: readonly FileKey[]
  readonly unchanged: number
  readonly refusals: readonly RefusedKey[]
}

const CHUNK = 1_000

/**
 * In: keys of a file, the académie they are for. Out: those that are new, those already held with the same seed and
 * parameters, those that contradict what is held. Reads every académie, since a serial is unique; opens its own
 * transaction.
 */
export async function compareKnown(
  ctx: Context,
  academie: string,
  keys: readonly FileKey[],
): Promise<ComparedKeys> {
  const held = await heldKeys(
    ctx,
    keys.map(({ key }) => key.serial),
  )
  const fresh: FileKey[] = []
  const refusals: RefusedKey[] = []
  let unchanged = 0
  for (const item of keys) {
    const known = held.get(item.key.serial)
    if (!known) {
      fresh.push(item)
      continue
    }
    const difference = known.academie === academie ? differenceOf(ctx, known, item.key) : ELSEWHERE
    if (difference === null) unchanged += 1
    else
      refusals.push({
        line: item.line,
        field: difference.field,
        reason: `clé ${item.key.serial} : ${difference.reason}`,
      })
  }
  return { fresh, unchanged, refusals }
}

const ELSEWHERE = {
  field: 'numero_serie',
  reason: 'ce numéro de série est déjà pris hors de cette académie. Vérifiez le fichier avec le fournisseur',
}

async function heldKeys(ctx: Context, serials: readonly string[]) {
  const { otpKey, otpSecret } = schema
  return ctx.db.transact({ role: 'vigie_worker' }, async (tx) => {
    const rows = []
    for (let at = 0; at < serials.length; at += CHUNK)
      rows.push(
        ...(await tx
          .select({ id: otpKey.id, serial: otpKey.serial, academie: otpKey.academie, secret: otpSecret })
          .from(otpKey)
          .leftJoin(otpSecret, eq(otpSecret.keyId, otpKey.id))
          .where(inArray(otpKey.serial, serials.slice(at, at + CHUNK)))),
      )
    return new Map(rows.map((row) => [row.serial, row]))
  })
}

type Held = NonNullable<ReturnType<Awaited<ReturnType<typeof heldKeys>>['get']>>

function differenceOf(ctx: Context, held: Held, key: KeyRecord): { field: string; reason: string } | null {
  const { secret } = held
  if (!secret || !sameBytes(openSeed(keyringOf(ctx.config), held.id, secret), key.seed))
    return {
      field: 'graine',
      reason:
        'déjà enregistrée avec une autre graine. Rien n’a changé : vérifiez auprès du fournisseur laquelle est la bonne',
    }
  const parameters = [
    ['type', secret.type, key.type],
    ['algorithme', secret.algorithm, key.algorithm],
    ['chiffres', secret.digits, key.digits],
    ['periode', secret.period, key.period],
  ] as const
  const different = parameters.find(([, stored, given]) => stored !== given)
  if (!different) return null
  const [field, stored, given] = different
  return {
    field,
    reason: `déjà enregistrée avec ${field} ${stored}, le fichier dit ${given}. Rien n’a changé`,
  }
}

const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && timingSafeEqual(left, right)
