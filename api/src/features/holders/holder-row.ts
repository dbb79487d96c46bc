import type { schema } from '@vigie/db'
import type { Context } from '../../context.ts'
import { loginOf, type HolderInput } from './holder-input.ts'
import type { HolderPlace } from './holder-place.ts'

export type NewHolderRow = Omit<typeof schema.otpHolder.$inferInsert, 'id' | 'createdAt'>

const orNull = (text: string | undefined): string | null => (text?.trim() ? text.trim() : null)

/** The row of a holder, from what was given and where the directory places it. */
export function rowOf(input: HolderInput, place: HolderPlace, accountId: string | null): NewHolderRow {
  const mairie = input.function === 'mairie'
  return {
    kind: mairie ? 'mairie' : 'nominative',
    holderFunction: input.function,
    login: loginOf(input),
    displayName: orNull(input.displayName) ?? `Mairie de ${place.commune ?? input.communeCode ?? ''}`,
    mail: orNull(input.mail),
    callBackNumber: orNull(input.callBackNumber),
    company: orNull(input.company),
    communeCode: mairie ? (input.communeCode ?? '').trim().toUpperCase() : null,
    orderNumber: mairie ? (input.orderNumber ?? 1) : null,
    academie: place.academie,
    departement: place.departement,
    circonscription: place.circonscription,
    uai: place.uai,
    accountId,
  }
}

/** Columns of a new holder that do not come from what was given. */
export const born = (ctx: Context) => ({ id: ctx.random.uuid(), createdAt: ctx.clock.now() })
