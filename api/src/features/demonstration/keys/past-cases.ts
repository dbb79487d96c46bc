import { createHolder } from '../../holders/create-holder.ts'
import { changeKey } from '../../keys/change-key.ts'
import { takeBack } from '../../keys/take-back.ts'
import { helpHolder } from '../../assistance/help-holder.ts'
import { doStep } from '../../procedures/do-step.ts'
import { openProcedure } from '../../procedures/open-procedure.ts'
import { personFor, type PlannedHolder } from '../plan/holders.ts'
import { handKeyOver, managerFor, serialHeld, superiorFor } from './hand-keys-over.ts'
import { holderInput } from './register-holders.ts'
import { openStage, type KeyStage } from './stage-context.ts'

/** Who stands in for an absent directeur: an adjoint of the same school. */
export const standInFor = (holder: PlannedHolder, rank: number): PlannedHolder => ({
  ...holder,
  ...personFor(`adjoint ${holder.uai ?? ''}`, 500 + rank),
  fate: 'none',
})

/** Registers the stand-in and opens the case, up to the pause of the absent holder's key. Out: the case. */
export async function startStandIn(
  stage: KeyStage,
  absent: PlannedHolder,
  standIn: PlannedHolder,
  reason: string,
): Promise<{ stage: KeyStage; procedureId: string | null }> {
  const { act, as, cast, ctx, idOf, items } = stage
  await act(() => createHolder(as(cast.diaser), holderInput(standIn)))
  const wider = await openStage(ctx, items, stage.resumed)
  const ien = as(superiorFor(stage, absent), 2)
  const opened = await act(() =>
    openProcedure(ien, {
      kind: 'stand_in',
      holderId: idOf(absent),
      otherHolderId: wider.idOf(standIn),
      reason,
    }),
  )
  if (!opened) return { stage: wider, procedureId: null }
  await act(() => doStep(ien, opened.id, { step: 'rights_given' }))
  await act(() => doStep(as(superiorFor(stage, absent), 3), opened.id, { step: 'holder_key_paused', reason }))
  return { stage: wider, procedureId: opened.id }
}

/** Cases that are over today: an absence, a key replaced, a departure. */
export async function settlePastCases(stage: KeyStage): Promise<void> {
  const { act, as, cast, idOf, withFate } = stage
  for (const [rank, holder] of withFate('coming_back').entries()) {
    const standIn = standInFor(holder, rank)
    const started = await startStandIn(stage, holder, standIn, 'Congé de longue durée')
    await handKeyOver(started.stage, standIn, 20)
  }
  for (const holder of withFate('replaced')) {
    const old = await serialHeld(stage, holder)
    const asked = await act(() =>
      helpHolder(as(cast.assistance, 4), idOf(holder), {
        action: 'replacement',
        incident: 'broken',
        reason: 'L’écran de la clé reste noir',
      }),
    )
    const id = asked?.procedureId
    if (id === undefined || old === null) continue
    await act(() => doStep(as(superiorFor(stage, holder), 6), id, { step: 'approved' }))
    await act(() =>
      doStep(as(managerFor(stage, holder), 24), id, {
        step: 'old_key_revoked',
        calledBack: true,
        reason: 'Cassée, remplacée',
      }),
    )
    await handKeyOver(stage, holder, 30)
  }
  for (const holder of withFate('gone')) {
    const serial = await serialHeld(stage, holder)
    await act(() =>
      openProcedure(as(superiorFor(stage, holder)), {
        kind: 'departure',
        holderId: idOf(holder),
        reason: 'Départ à la retraite',
      }),
    )
    if (serial === null) continue
    await act(() => takeBack(as(superiorFor(stage, holder), 28), serial, { reason: 'Départ à la retraite' }))
    await act(() => changeKey(as(managerFor(stage, holder), 76), serial, { transition: 'restock' }))
  }
}
