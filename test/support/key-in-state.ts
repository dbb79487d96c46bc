import type { Deps } from '@vigie/api/context'
import type { HolderRow, KeyRow } from '@vigie/api/features/keys/key-row.ts'
import type { TransitionFacts } from '@vigie/api/features/keys/transition.ts'
import { bordereauKindFor } from '@vigie/api/features/keys/preconditions.ts'
import { macPin } from '@vigie/api/secrets/pin.ts'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { schema } from '@vigie/db'
import type { KeyState } from '@vigie/db/schema'
import { eq } from 'drizzle-orm'
import { aHolder, aKey, type KeyOptions } from './key.ts'

const HOLDERLESS: readonly KeyState[] = ['stock', 'returned', 'scrapped']

/** A key put in a state by force, its holder, and facts that meet every precondition. */
export interface Situation {
  readonly key: KeyRow
  /** Who holds it, or who is to. */
  readonly holder: HolderRow
  readonly factsFor: (name: 'hand_over' | 'take_back' | 'other') => TransitionFacts
}

/** Every precondition is met: PIN chosen, code proven, attempts spent, slips at hand, a number to call back. */
export async function aKeyIn(
  deps: Deps,
  state: KeyState,
  uai: string,
  options: KeyOptions = {},
): Promise<Situation> {
  const { id: holderId } = await aHolder(deps, { uai })
  const { id: keyId } = await aKey(deps, options)
  const at = deps.clock.now()
  return deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
    const [holder] = await tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.id, holderId))
    if (!holder) throw new Error('the holder was not written')
    const held = !HOLDERLESS.includes(state)
    const { departement, circonscription } = holder
    const [key] = await tx
      .update(schema.otpKey)
      .set({
        state,
        stateSince: at,
        holderId: held ? holderId : null,
        departement,
        circonscription: held || state === 'returned' ? circonscription : null,
        uai: held || state === 'returned' ? uai : null,
      })
      .where(eq(schema.otpKey.id, keyId))
      .returning()
    if (!key) throw new Error('the key was not written')
    await tx
      .update(schema.otpCredential)
      .set({
        keyId: held ? keyId : null,
        active: state === 'active',
        ...macPin(keyringOf(deps.config), holderId, '2580'),
        failCount: 10,
        lastAcceptedAt: at,
        temporaryMac: new Uint8Array(32),
        temporaryUntil: at,
      })
      .where(eq(schema.otpCredential.holderId, holderId))
    const slips = {
      hand_over: deps.random.uuid(),
      take_back: deps.random.uuid(),
      other: deps.random.uuid(),
    }
    for (const name of ['hand_over', 'take_back'] as const) {
      await tx.insert(schema.bordereau).values({
        id: slips[name],
        number: slips[name],
        kind: bordereauKindFor(name, holder),
        academie: key.academie,
        departement,
        circonscription,
        uai,
        holderId,
        keyIds: [keyId],
        pdf: new Uint8Array([0]),
        sha256: '',
        createdAt: at,
        createdBy: 'test',
      })
    }
    return {
      key,
      holder,
      factsFor: (name) => ({
        holderId,
        reason: 'Raison des essais',
        calledBackAt: at,
        identityChecked: true,
        firstCodeProven: true,
        bordereauId: slips[name],
      }),
    }
  })
}
