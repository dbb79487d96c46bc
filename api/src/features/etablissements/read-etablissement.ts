import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { EtablissementDetail } from './schema.ts'

export async function readEtablissement(ctx: Context, _uai: string): Promise<EtablissementDetail> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
