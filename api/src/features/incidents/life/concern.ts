import { schema, type Tx } from '@vigie/db'
import type { IncidentOrigin, IncidentParty } from '@vigie/db/schema'
import {
  isRequirementId,
  isServiceId,
  partyOfIncident,
  requirementById,
  type RequirementId,
  type ServiceId,
} from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../../../errors.ts'
import { sharingOf } from '../../conformity/standing.ts'
import type { IncidentPlace } from './incident-place.ts'

/** What an incident is about, read from the catalogue. */
export interface Concern {
  readonly origin: IncidentOrigin
  readonly requirement: string | null
  readonly service: string | null
}

/** In: a requirement and a service as given. Out: what the catalogue knows of them; the requirement names its service unless another is given. */
export function concernFrom(
  requirement: string | null,
  service: string | null,
): { requirement: RequirementId | null; service: ServiceId | null } {
  const known = requirement !== null && isRequirementId(requirement) ? requirement : null
  const own = known === null ? undefined : requirementById(known)?.service
  return {
    requirement: known,
    service: service !== null && isServiceId(service) ? service : (own ?? null),
  }
}

/** Who must act, from the académie's sharing table. */
export async function partyAt(
  tx: Tx,
  { origin, ...about }: Concern,
  place: IncidentPlace,
): Promise<IncidentParty> {
  const { degree, academie } = place
  const concern = { origin, degree, ...concernFrom(about.requirement, about.service) }
  const overrides = degree === null ? undefined : await sharingOf(tx, { academie, degree })
  return partyOfIncident(concern, overrides)
}

/** Errors: `invalid_input` when the machine is not in the parc of that establishment. */
export async function refuseForeignMachine(tx: Tx, machineId: string, uai: string | null): Promise<void> {
  const { machine } = schema
  const found = uai
    ? await tx
        .select({ id: machine.id })
        .from(machine)
        .where(and(eq(machine.id, machineId), eq(machine.uai, uai)))
    : []
  if (found.length > 0) return
  const detail = 'Cette machine n’est pas dans le parc de cet établissement : choisissez-la dans la liste.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/machineId', detail }] })
}
