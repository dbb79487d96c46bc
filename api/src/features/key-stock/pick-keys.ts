import { schema, type Tx } from '@vigie/db'
import { isExpired, KEY_STATE_LABELS, type Departement } from '@vigie/rules'
import { and, asc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { AppError, type InputFault } from '../../errors.ts'

const { otpKey } = schema

export type PickedKey = Pick<typeof otpKey.$inferSelect, 'id' | 'serial' | 'model' | 'expiresOn'>

const PICKED = { id: otpKey.id, serial: otpKey.serial, model: otpKey.model, expiresOn: otpKey.expiresOn }

/**
 * In: how many keys. Out: that many of the académie's own stock, locked; those whose end of life is nearest leave first.
 * Errors: `conflict` when too few are left.
 */
export async function pickNearestEnd(
  tx: Tx,
  academie: string,
  count: number,
  today: string,
): Promise<PickedKey[]> {
  const keys = await tx
    .select(PICKED)
    .from(otpKey)
    .where(
      and(
        eq(otpKey.academie, academie),
        isNull(otpKey.departement),
        eq(otpKey.state, 'stock'),
        eq(otpKey.kind, 'hardware'),
        or(isNull(otpKey.expiresOn), gte(otpKey.expiresOn, today)),
      ),
    )
    .orderBy(sql`${otpKey.expiresOn} asc nulls last`, asc(otpKey.serial))
    .limit(count)
    .for('update', { skipLocked: true })
  if (keys.length === count) return keys
  throw new AppError(
    'conflict',
    `Le stock de l’académie compte ${keys.length} clés à expédier, il en faut ${count}. Réduisez le nombre ou importez des clés.`,
  )
}

/** In: serials. Out: their keys, locked. Errors: `invalid_input`, which names each serial that cannot leave and why. */
export async function pickSerials(
  tx: Tx,
  { academie }: Departement,
  serials: readonly string[],
  today: string,
): Promise<PickedKey[]> {
  const rows = await tx
    .select()
    .from(otpKey)
    .where(and(inArray(otpKey.serial, [...new Set(serials)]), eq(otpKey.academie, academie)))
    .orderBy(asc(otpKey.serial))
    .for('update')
  const found = new Map(rows.map((row) => [row.serial, row]))
  const errors = serials.flatMap((serial, index): InputFault[] => {
    const reason = reasonToKeep(found.get(serial), today)
    return reason === null ? [] : [{ pointer: `/serials/${index}`, detail: `clé ${serial} : ${reason}` }]
  })
  if (errors.length > 0)
    throw new AppError('invalid_input', 'Certaines clés ne peuvent pas être expédiées ; rien n’a changé.', {
      errors,
    })
  return rows
}

function reasonToKeep(key: typeof otpKey.$inferSelect | undefined, today: string): string | null {
  if (!key || key.kind !== 'hardware') return 'inconnue au stock de l’académie'
  if (key.departement !== null) return `déjà confiée au département ${key.departement}`
  if (key.state !== 'stock')
    return `à l’état « ${KEY_STATE_LABELS[key.state]} », attendu « ${KEY_STATE_LABELS.stock} »`
  return isExpired(key.expiresOn, today) ? 'en fin de vie : détruisez-la plutôt que de l’expédier' : null
}
