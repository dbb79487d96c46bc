import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'
import { chosenAcademie, ownAcademies } from '../../deployment/own-academies.ts'
import type { IncidentRecipient, IncidentRecipientInput } from '../schema.ts'
import { presentRecipient } from './present-recipient.ts'

/**
 * Has an address told of incidents, from a severity up, of the académie or of one département; said again, it replaces
 * what was asked. Errors: `forbidden`, `not_found`, `invalid_input`.
 */
export async function addIncidentRecipient(
  ctx: Context,
  input: IncidentRecipientInput,
): Promise<IncidentRecipient> {
  const identity = authorise(ctx.actor, 'incident:notify')
  const createdAt = ctx.clock.now()
  const { mail, severity, departement } = input
  return write(ctx, identity, async (tx) => {
    const academie = chosenAcademie(await ownAcademies(tx, identity), input.academie)
    if (departement !== null) await refuseElsewhere(tx, academie, departement)
    const row = { academie, mail, severity, departement, createdAt }
    await tx
      .insert(schema.incidentRecipient)
      .values(row)
      .onConflictDoUpdate({
        target: [schema.incidentRecipient.academie, schema.incidentRecipient.mail],
        set: { severity, departement },
      })
    await record(tx, ctx, {
      action: 'incident_recipient.set',
      subject: { kind: 'academie', id: academie },
      details: { severity, departement },
    })
    return presentRecipient(row)
  })
}

async function refuseElsewhere(tx: Tx, academie: string, departement: string): Promise<void> {
  const { etablissement } = schema
  const found = await tx
    .select({ uai: etablissement.uai })
    .from(etablissement)
    .where(and(eq(etablissement.academie, academie), eq(etablissement.departement, departement)))
    .limit(1)
  if (found.length > 0) return
  const detail = 'Ce département n’a aucun établissement de cette académie : vérifiez son code, comme 034.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/departement', detail }] })
}
