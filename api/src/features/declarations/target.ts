import { schema, type Tx } from '@vigie/db'
import { parseUai } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

export interface OpenEtablissement {
  readonly uai: string
  readonly degree: 'd1' | 'd2'
  readonly academie: string
  readonly name: string
}

/** The establishment that a decision is about. Errors: `not_found` when absent, closed or outside the perimeter. */
export async function findOpenEtablissement(tx: Tx, text: string): Promise<OpenEtablissement> {
  const uai = parseUai(text)
  const [found] =
    uai === null
      ? []
      : await tx
          .select({
            uai: schema.etablissement.uai,
            degree: schema.etablissement.degree,
            academie: schema.etablissement.academie,
            name: schema.etablissement.name,
            state: schema.etablissement.state,
          })
          .from(schema.etablissement)
          .where(eq(schema.etablissement.uai, uai))
  if (found?.state !== 'ouvert') {
    throw new AppError(
      'not_found',
      'Cet établissement n’existe pas, est fermé, ou n’est pas dans votre périmètre.',
    )
  }
  return found
}

/** The person who decides; a declaration or an approval is never made by a machine. Errors: `forbidden`. */
export function personOf(ctx: Context): string {
  if (ctx.actor.kind === 'account') return ctx.actor.id
  throw new AppError('forbidden', 'Cette décision revient à une personne : connectez-vous avec votre compte.')
}

/** In: an instant and a number of months. Out: the instant that many months later, at most the month's last day. */
export function monthsAfter(at: Date, months: number): Date {
  const first = new Date(at)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(at.getUTCDate(), lastDay))
  return first
}

const DAY_MS = 86_400_000

/**
 * In: what the caller asked as an expiry. Errors: `invalid_input` when it is past or further than `months`; the last day
 * counts whole, since a form gives a day.
 */
export function expiryWithin(ctx: Context, text: string, months: number): Date {
  const now = ctx.clock.now()
  const expiresAt = new Date(text)
  const fault = (detail: string) =>
    new AppError('invalid_input', 'L’échéance demandée n’est pas possible.', {
      errors: [{ pointer: '/expiresAt', detail }],
    })
  if (expiresAt <= now) throw fault('cette échéance est passée : choisissez une date à venir')
  if (expiresAt.getTime() >= monthsAfter(now, months).getTime() + DAY_MS)
    throw fault(`échéance au plus tard dans ${months} mois`)
  return expiresAt
}
