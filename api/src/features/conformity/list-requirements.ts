import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { RequirementRows, RequirementsQuery } from './schema.ts'

export async function listRequirements(
  ctx: Context,
  _uai: string,
  _query: RequirementsQuery,
): Promise<RequirementRows> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
