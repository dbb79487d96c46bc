import { schema, type Tx } from '@vigie/db'
import { departementOf, KEY_STATE_LABELS } from '@vigie/rules'
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { createBordereau } from '../bordereaux/create-bordereau.ts'
import { authoriseAny } from './authorise-act.ts'
import { findHolder, findKey, type KeyRow } from './key-row.ts'
import { dayOf } from './present-key.ts'
import { printedAgent, printedHolder, printedKey } from './printed.ts'
import type { Slip } from './schema.ts'

const { keyTransition } = schema

/** The key, who gave it back and when. Errors: `conflict` when it was not given back. */
async function returnedKey(tx: Tx, serial: string) {
  const key = await findKey(tx, serial)
  const [back] = await tx
    .select()
    .from(keyTransition)
    .where(and(eq(keyTransition.keyId, key.id), eq(keyTransition.transition, 'take_back')))
    .orderBy(desc(keyTransition.at))
    .limit(1)
  if (key.state !== 'returned' || !back?.holderId)
    throw new AppError(
      'conflict',
      `La clé ${serial} est à l’état « ${KEY_STATE_LABELS[key.state]} » : seules les clés restituées se renvoient.`,
    )
  return { key, holder: await findHolder(tx, back.holderId), returnedOn: dayOf(back.at), reason: back.reason }
}

const same = <T>(values: readonly T[]): T | null => (new Set(values).size === 1 ? (values[0] ?? null) : null)

/**
 * Summary of the keys given back, that go together to who puts them away. Out: the slip. Errors: `conflict` when one was
 * not given back or when they belong to several départements.
 */
export async function summariseRestitutions(ctx: Context, serials: readonly string[]): Promise<Slip> {
  const identity = authoriseAny(ctx.actor, ['key:hand_over', 'key:manage'])
  return write(ctx, identity, async (tx) => {
    const returned = []
    for (const serial of new Set(serials)) returned.push(await returnedKey(tx, serial))
    const keys: KeyRow[] = returned.map(({ key }) => key)
    const departement = same(keys.map((key) => key.departement))
    const academie = same(keys.map((key) => key.academie))
    if (academie === null || new Set(keys.map((key) => key.departement)).size > 1)
      throw new AppError(
        'conflict',
        'Ces clés relèvent de plusieurs départements. Faites un envoi par département.',
      )
    const printed = []
    for (const { key, holder, returnedOn, reason } of returned) {
      printed.push({ ...printedKey(key), holder: await printedHolder(tx, holder), returnedOn, reason })
    }
    const { id, number } = await createBordereau(tx, ctx, {
      kind: 'recapitulatif_restitution',
      academie,
      departement,
      circonscription: same(keys.map((key) => key.circonscription)),
      uai: same(keys.map((key) => key.uai)),
      holderId: null,
      keyIds: keys.map((key) => key.id),
      content: {
        from: printedAgent(ctx, returned[0]?.holder ?? null),
        to:
          departement === null
            ? 'Division informatique de l’académie'
            : `Officier de sécurité de proximité, ${departementOf(departement)?.name ?? departement}`,
        keys: printed,
      },
    })
    return { bordereauId: id, number }
  })
}
