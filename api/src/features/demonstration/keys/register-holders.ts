import { createHolder } from '../../holders/create-holder.ts'
import type { PlannedHolder } from '../plan/holders.ts'
import type { KeyStage } from './stage-context.ts'

export const holderInput = (holder: PlannedHolder) => ({
  function: holder.function,
  displayName: holder.displayName,
  mail: holder.mail,
  callBackNumber: holder.callBackNumber,
  ...(holder.communeCode === undefined ? { login: holder.login } : { communeCode: holder.communeCode }),
  ...(holder.uai === undefined ? {} : { uai: holder.uai }),
  ...(holder.circonscription === undefined ? {} : { circonscription: holder.circonscription }),
})

/** The division registers the holders; those who have an account of Vigie are linked to it. */
export async function registerHolders({ as, act, cast, holders }: KeyStage): Promise<void> {
  for (const holder of holders) await act(() => createHolder(as(cast.diaser), holderInput(holder)))
}
