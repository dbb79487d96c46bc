import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Overview, OverviewQuery } from './schema.ts'

export async function readOverview(ctx: Context, _query: OverviewQuery): Promise<Overview> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
