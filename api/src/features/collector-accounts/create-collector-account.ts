import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import { mintSecret, hashSecret } from '../../access/secret.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { visibleUais } from './visible-uais.ts'

/** In: an establishment. Out: login and secret (160 bits, shown this once) for its agents. Errors: `forbidden`, `not_found`. */
export async function createCollectorAccount(
  ctx: Context,
  uai: string,
): Promise<{ id: string; login: string; secret: string }> {
  const identity = authorise(ctx.actor, 'collector:manage')
  if (!(await visibleUais(ctx, identity, [uai])).has(uai)) {
    throw new AppError('not_found', 'Cet établissement n’existe pas dans votre périmètre.')
  }
  const id = ctx.random.uuid()
  const login = `${uai.toLowerCase()}-${Buffer.from(ctx.random.bytes(3)).toString('hex')}`
  const secret = mintSecret(ctx.random, 20)
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    await tx
      .insert(schema.collectorAccount)
      .values({ id, uai, login, secretHash: hashSecret(secret), createdAt: ctx.clock.now() })
    await record(tx, ctx, {
      action: 'collector_account.created',
      subject: { kind: 'collector_account', id },
      uai,
    })
  })
  return { id, login, secret }
}
