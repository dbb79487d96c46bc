import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { EtablissementList, ListQuery } from './schema.ts'

export async function listEtablissements(ctx: Context, _query: ListQuery): Promise<EtablissementList> {
  ctx.log.debug('not served yet')
  throw new AppError('unavailable', 'Bientôt disponible.')
}
