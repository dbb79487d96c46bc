import { schema } from '@vigie/db'
import { DEMONSTRATION_ACADEMIE } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import type { AccountActor } from '../open-accounts.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'
import { planHolders, type KeyFate, type PlannedHolder } from '../plan/holders.ts'
import { gatherCast, type KeyCast } from './cast.ts'

const HOUR_MS = 3_600_000

/** What a stage of the keys' story is lived with. */
export interface KeyStage {
  readonly ctx: Context
  readonly cast: KeyCast
  readonly items: readonly PlannedEtablissement[]
  readonly holders: readonly PlannedHolder[]
  /** The build was interrupted: this stage may be lived again. */
  readonly resumed: boolean
  idOf(holder: PlannedHolder): string
  withFate(...fates: KeyFate[]): readonly PlannedHolder[]
  /** The same story some hours later, under that account. */
  as(actor: AccountActor, hours?: number): Context
  /** One act. A build that resumes lives again a stage it had begun: what was done already is refused, and left. */
  act<T>(work: () => Promise<T>): Promise<T | null>
}

export async function openStage(
  ctx: Context,
  items: readonly PlannedEtablissement[],
  resumed: boolean,
): Promise<KeyStage> {
  const holders = planHolders(items)
  const rows = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ id: schema.otpHolder.id, login: schema.otpHolder.login, mail: schema.otpHolder.mail })
      .from(schema.otpHolder)
      .where(eq(schema.otpHolder.academie, DEMONSTRATION_ACADEMIE)),
  )
  const byMail = new Map(rows.map(({ id, mail }) => [mail, id]))
  return {
    ctx,
    items,
    holders,
    resumed,
    cast: await gatherCast(ctx, items),
    idOf: ({ login, mail }) => {
      const id = byMail.get(mail)
      if (id === undefined) throw new Error(`no holder ${login} in the demonstration`)
      return id
    },
    withFate: (...fates) => holders.filter(({ fate }) => fates.includes(fate)),
    as: (actor, hours = 0) => {
      const at = ctx.clock.now().getTime() + hours * HOUR_MS
      // One act takes a moment: two of them never bear the same instant.
      let moments = 0
      return { ...ctx, actor, clock: { now: () => new Date(at + 1_000 * moments++) } }
    },
    act: async (work) => {
      try {
        return await work()
      } catch (error) {
        if (resumed && error instanceof AppError) return null
        throw error
      }
    },
  }
}
