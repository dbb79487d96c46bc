import { schema, type Tx } from '@vigie/db'
import { and, count, eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement } from '../declarations/target.ts'
import { isAcademieStaff } from './academie-staff.ts'
import { reservationOf, type Reservation } from './reserved-networks.ts'
import type { NewTarget, Target } from './schema.ts'
import { parseTargetAddress, type TargetAddress } from './target-address.ts'
import { ORIGIN_LABELS, findTarget, presentTarget } from './target-row.ts'

/** A lycée's servers, sites and equipment, and room; Prometheus must not be filled by one establishment. */
export const DECLARED_LIMIT = 60

const faultOf = (pointer: string, detail: string) =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })

const REFUSALS: Readonly<Record<Exclude<Reservation, null>, string>> = {
  never: 'Cette adresse ne désigne aucune machine d’établissement : donnez celle de la machine à surveiller.',
  academie:
    'Cette adresse est réservée à l’académie : donnez celle d’une machine de l’établissement, ou demandez à la division informatique.',
}

function addressOf(input: NewTarget): TargetAddress {
  const parsed = parseTargetAddress(input.module, input.address)
  if ('fault' in parsed) throw faultOf('/address', parsed.fault)
  return parsed
}

/**
 * Has a machine, a site or a service of the establishment watched by Prometheus, from its next discovery on. Errors:
 * `forbidden`, `not_found`, `invalid_input` (address, machine), `conflict` (already a target, or too many of them).
 */
export async function declareTarget(ctx: Context, askedUai: string, input: NewTarget): Promise<Target> {
  const identity = authorise(ctx.actor, 'target:write')
  const { address, host } = addressOf(input)
  const reservation = reservationOf(host, ctx.config.reservedNetworks)
  const id = ctx.random.uuid()
  return write(ctx, identity, async (tx) => {
    const { uai, academie } = await findOpenEtablissement(tx, askedUai)
    if (reservation === 'never' || (reservation === 'academie' && !isAcademieStaff(ctx, academie))) {
      throw faultOf('/address', REFUSALS[reservation])
    }
    await assertRoom(tx, uai, input.module, address)
    if (input.machineId !== null) await assertMachine(tx, uai, input.machineId)
    await tx.insert(schema.supervisionTarget).values({
      id,
      uai,
      module: input.module,
      address,
      label: input.label,
      service: input.service,
      machineId: input.machineId,
      origin: 'declared',
      createdAt: ctx.clock.now(),
      createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
    })
    const { row, machineName } = await findTarget(tx, uai, id)
    await record(tx, ctx, {
      action: 'target.declare',
      subject: { kind: 'target', id },
      uai,
      details: { module: input.module, address, service: input.service },
    })
    return presentTarget(row, machineName)
  })
}

async function assertRoom(tx: Tx, uai: string, module: NewTarget['module'], address: string): Promise<void> {
  const { supervisionTarget } = schema
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('targets'), hashtext(${uai}))`)
  const [same] = await tx
    .select({ label: supervisionTarget.label, origin: supervisionTarget.origin })
    .from(supervisionTarget)
    .where(
      and(
        eq(supervisionTarget.uai, uai),
        eq(supervisionTarget.module, module),
        eq(supervisionTarget.address, address),
      ),
    )
  if (same) {
    const origin = ORIGIN_LABELS[same.origin].toLowerCase()
    throw new AppError(
      'conflict',
      `Cette adresse est déjà surveillée sous le nom « ${same.label} » (cible ${origin}).`,
    )
  }
  const [declared] = await tx
    .select({ count: count() })
    .from(supervisionTarget)
    .where(and(eq(supervisionTarget.uai, uai), eq(supervisionTarget.origin, 'declared')))
  if ((declared?.count ?? 0) >= DECLARED_LIMIT) {
    throw new AppError(
      'conflict',
      `Cet établissement a déjà ${DECLARED_LIMIT} cibles déclarées : supprimez d’abord celles qui ne servent plus.`,
    )
  }
}

async function assertMachine(tx: Tx, uai: string, machineId: string): Promise<void> {
  const [found] = await tx
    .select({ id: schema.machine.id })
    .from(schema.machine)
    .where(and(eq(schema.machine.id, machineId), eq(schema.machine.uai, uai)))
  if (!found) {
    throw faultOf(
      '/machineId',
      'Cette machine n’est pas dans le parc de l’établissement : choisissez-en une autre.',
    )
  }
}
