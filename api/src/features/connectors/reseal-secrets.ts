import { schema } from '@vigie/db'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSecrets, sealSecrets } from './connector-secrets.ts'

/**
 * After the master key was replaced: seals the connectors' secrets again under the current one. Out: how many.
 * Errors: `forbidden`; `Error` when a former master key is not configured.
 */
export async function resealConnectorSecrets(ctx: Context): Promise<number> {
  const identity = authorise(ctx.actor, 'key:stock')
  const { connector } = schema
  const keyId = keyringOf(ctx.config).current.id
  return write(ctx, identity, async (tx) => {
    const rows = await tx
      .select({ id: connector.id, secretSealed: connector.secretSealed, sealKeyId: connector.sealKeyId })
      .from(connector)
      .where(and(ne(connector.sealKeyId, keyId), isNull(connector.removedAt)))
      .for('update')
    for (const row of rows) {
      const secrets = openSecrets(ctx.config, row.id, row)
      await tx
        .update(connector)
        .set(sealSecrets(ctx.config, row.id, secrets))
        .where(eq(connector.id, row.id))
    }
    if (rows.length > 0) {
      const subject = { kind: 'master_key', id: keyId }
      await record(tx, ctx, { action: 'connectors.resealed', subject, details: { connectors: rows.length } })
    }
    return rows.length
  })
}
