import { schema, type Tx } from '@vigie/db'
import { REQUIREMENTS, SERVICES, serviceOf, type RequirementId } from '@vigie/rules'
import { asc, eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'

const { campaignRequirement } = schema

/** In: services and requirements that a person chose. Out: the requirements, each once, in the catalogue's order. */
export function requirementsOf(choice: {
  readonly services?: readonly string[] | undefined
  readonly requirements?: readonly string[] | undefined
}): readonly RequirementId[] {
  const services = new Set(choice.services)
  const requirements = new Set(choice.requirements)
  const ids = REQUIREMENTS.map(({ id }) => id)
  return ids.filter((id) => requirements.has(id) || services.has(serviceOf(id)))
}

/** Errors: `invalid_input` when nothing is chosen. */
export function someRequirements(chosen: readonly RequirementId[]): readonly RequirementId[] {
  if (chosen.length > 0) return chosen
  const detail = 'Choisissez au moins un service ou une exigence.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/services', detail }] })
}

/** Replaces what a draft asks. */
export async function keepRequirements(
  tx: Tx,
  campaignId: string,
  requirements: readonly string[],
): Promise<void> {
  await tx.delete(campaignRequirement).where(eq(campaignRequirement.campaignId, campaignId))
  await tx
    .insert(campaignRequirement)
    .values(requirements.map((requirement) => ({ campaignId, requirement })))
}

/** Requirements of a campaign, in the catalogue's order. */
export async function requirementsIn(tx: Tx, campaignId: string): Promise<readonly RequirementId[]> {
  const rows = await tx
    .select({ requirement: campaignRequirement.requirement })
    .from(campaignRequirement)
    .where(eq(campaignRequirement.campaignId, campaignId))
    .orderBy(asc(campaignRequirement.requirement))
  return requirementsOf({ requirements: rows.map(({ requirement }) => requirement) })
}

/** In: requirements. Out: those of each service that has any, in the catalogue's order. */
export const byService = (requirements: readonly RequirementId[]) =>
  SERVICES.map(({ id, name }) => ({
    id,
    name,
    requirements: requirements.filter((requirement) => serviceOf(requirement) === id),
  })).filter((service) => service.requirements.length > 0)
