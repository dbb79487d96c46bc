import { localDay } from '@vigie/rules'
import { helpHolder } from '../../assistance/help-holder.ts'
import { changeKey } from '../../keys/change-key.ts'
import { convokeGuests } from '../../procedures/convoke-guests.ts'
import { createSession } from '../../procedures/create-session.ts'
import { doStep } from '../../procedures/do-step.ts'
import { inviteGuests } from '../../procedures/invite-guests.ts'
import { openProcedure } from '../../procedures/open-procedure.ts'
import type { PlannedHolder } from '../plan/holders.ts'
import { managerFor, prepareKey, serialHeld, superiorFor } from './hand-keys-over.ts'
import { standInFor, startStandIn } from './past-cases.ts'
import type { KeyStage } from './stage-context.ts'

const DAY_MS = 86_400_000

/** Cases under way, each waiting for someone else: the screens show whose turn it is. */
export async function openCases(stage: KeyStage): Promise<void> {
  for (const [rank, holder] of stage.withFate('absent').entries())
    await startStandIn(stage, holder, standInFor(holder, 50 + rank), 'Congé de maternité')
  for (const holder of stage.withFate('coming_back')) await beginReturn(stage, holder)
  for (const holder of stage.withFate('lost')) await askReplacement(stage, holder, 'lost')
  for (const holder of stage.withFate('stolen')) {
    const id = await askReplacement(stage, holder, 'stolen')
    if (id !== null)
      await stage.act(() => doStep(stage.as(superiorFor(stage, holder), 20), id, { step: 'approved' }))
  }
  for (const holder of stage.withFate('leaving', 'late')) await beginDeparture(stage, holder)
  for (const holder of stage.withFate('revoked')) await revoke(stage, holder)
  await inviteToSession(stage)
}

async function beginReturn(stage: KeyStage, holder: PlannedHolder): Promise<void> {
  const ien = stage.as(superiorFor(stage, holder), 5)
  const back = await stage.act(() =>
    openProcedure(ien, {
      kind: 'return_of_holder',
      holderId: stage.idOf(holder),
      reason: 'Reprise de fonction',
    }),
  )
  if (back) await stage.act(() => doStep(ien, back.id, { step: 'rights_removed' }))
}

async function askReplacement(
  stage: KeyStage,
  holder: PlannedHolder,
  incident: 'lost' | 'stolen',
): Promise<string | null> {
  const reason =
    incident === 'lost' ? 'Introuvable depuis une sortie scolaire' : 'Cartable volé dans le train'
  const asked = await stage.act(() =>
    helpHolder(stage.as(stage.cast.assistance, 8), stage.idOf(holder), {
      action: 'replacement',
      incident,
      reason,
    }),
  )
  return asked?.procedureId ?? null
}

/** One departure is told long before its deadline, another is late already. */
async function beginDeparture(stage: KeyStage, holder: PlannedHolder): Promise<void> {
  const soon = new Date(stage.ctx.clock.now().getTime() + 6 * DAY_MS)
  await stage.act(() =>
    openProcedure(stage.as(superiorFor(stage, holder), 1), {
      kind: 'departure',
      holderId: stage.idOf(holder),
      reason: 'Mutation dans une autre académie',
      ...(holder.fate === 'late' ? { dueOn: localDay(soon, 'Europe/Paris') } : {}),
    }),
  )
}

async function revoke(stage: KeyStage, holder: PlannedHolder): Promise<void> {
  const serial = await serialHeld(stage, holder)
  if (serial === null) return
  await stage.act(() =>
    changeKey(stage.as(managerFor(stage, holder), 10), serial, {
      transition: 'revoke',
      reason: 'Changement de fonction, clé pas encore rendue',
      calledBack: true,
    }),
  )
}

async function inviteToSession(stage: KeyStage): Promise<void> {
  const { act, as, cast, ctx, idOf, withFate } = stage
  const diaser = as(cast.diaser, 12)
  const invited: string[] = []
  for (const holder of withFate('invited', 'appointed')) {
    const opened = await act(() =>
      openProcedure(as(superiorFor(stage, holder), 2), {
        kind: 'first_appointment',
        holderId: idOf(holder),
        reason: 'Première nomination dans l’académie',
      }),
    )
    if (opened && holder.fate === 'invited') invited.push(opened.id)
  }
  if (invited.length === 0) return
  const heldOn = localDay(new Date(ctx.clock.now().getTime() + 25 * DAY_MS), 'Europe/Paris')
  const session = await act(() =>
    createSession(diaser, { heldOn, startsAt: '09:30', place: 'Rectorat de Valmont, salle des Cartes' }),
  )
  if (!session) return
  await act(() => inviteGuests(diaser, session.id, { procedureIds: invited }))
  await act(() => convokeGuests(as(cast.diaser, 13), session.id))
  for (const holder of withFate('invited')) await prepareKey(stage, holder, 30)
}
