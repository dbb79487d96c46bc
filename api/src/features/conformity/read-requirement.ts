import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { RequirementDetail } from './schema.ts'

export async function readRequirement(
  ctx: Context,
  _uai: string,
  _requirement: string,
): Promise<RequirementDetail> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
