import { schema, type Tx } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import { authorise } from '../../../access/authorise.ts'
import { ROLE_PERMISSIONS } from '../../../access/permissions.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { write } from '../../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../../declarations/target.ts'
import { findEtablissement } from '../../etablissements/find-etablissement.ts'
import type { NewIncidentInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { recordAct } from './change-state.ts'
import { concernFrom, partyAt, refuseForeignMachine } from './concern.ts'
import { placeOfIncident, type IncidentPlace } from './incident-place.ts'

/**
 * A user's request or what a person saw (CARINE MCO-SEI-3). Out: its id and number. Errors: `forbidden`, `not_found`
 * for an establishment outside the perimeter, `invalid_input`.
 */
export async function openIncident(
  ctx: Context,
  input: NewIncidentInput,
): Promise<{ id: string; number: number }> {
  const identity = authorise(ctx.actor, 'incident:open')
  const openedBy = personOf(ctx)
  const openedAt = ctx.clock.now()
  const { origin, severity, title, description, machineId } = input
  return write(ctx, identity, async (tx) => {
    const place = await placeFor(tx, ctx, input.uai)
    if (machineId) await refuseForeignMachine(tx, machineId, place.uai)
    const concern = concernFrom(input.requirement, input.service)
    const row = {
      id: ctx.random.uuid(),
      ...{ origin, severity, title, description, machineId, ...concern, openedAt, openedBy },
      ...{ academie: place.academie, departement: place.departement, uai: place.uai },
      state: 'open' as const,
      party: await partyAt(tx, { origin, ...concern }, place),
      lastSeenAt: openedAt,
    }
    const [made] = await tx.insert(schema.incident).values(row).returning({ number: schema.incident.number })
    const opened = { id: row.id, number: made?.number ?? 0 }
    await addEvent(tx, ctx, { incidentId: row.id, kind: 'opened', details: { origin } })
    await recordAct(tx, ctx, 'opened', { ...opened, uai: row.uai }, { origin, severity, ...concern })
    return opened
  })
}

/** The establishment; or, without one, the widest perimeter on which the caller opens incidents. */
async function placeFor(tx: Tx, ctx: Context, uai: string | null): Promise<IncidentPlace> {
  if (uai !== null) {
    const {
      academie,
      departement,
      uai: found,
    } = await findEtablissement(tx, (await findOpenEtablissement(tx, uai)).uai)
    return placeOfIncident(tx, { academie, departement, uai: found })
  }
  const grants = ctx.actor.kind === 'account' ? ctx.actor.grants : []
  const opening = grants.filter(({ role }) => ROLE_PERMISSIONS['incident:open'].includes(role))
  const codeOf = (kind: string) => opening.find(({ perimeter }) => perimeter.kind === kind)?.perimeter.code
  const academie = codeOf('academie')
  if (academie !== undefined) return placeOfIncident(tx, { academie, departement: null, uai: null })
  const departement = codeOf('departement')
  const own = departement === undefined ? undefined : departementOf(departement)?.academie
  if (departement !== undefined && own !== undefined)
    return placeOfIncident(tx, { academie: own, departement, uai: null })
  const detail = 'Choisissez l’établissement concerné : votre compte n’agit pas pour toute l’académie.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/uai', detail }] })
}
