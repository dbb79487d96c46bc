import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Bulletin } from './schema.ts'

export async function readBulletin(ctx: Context, _uai: string): Promise<Bulletin> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
