import { schema, type Identity } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { readConnectorUrl } from './connector-address.ts'
import { storeOptions, type ConnectorOptions } from './connector-options.ts'
import { refuseTakenName } from './connector-rows.ts'
import { mintSigningKey, sealSecrets, type ConnectorSecrets } from './connector-secrets.ts'
import type { NewConnector, ShownSecret } from './schema.ts'

const KEY_BYTES = 32
/** Author of what the command line does. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** In: the caller's identity, the académie asked for if any. Errors: `not_found` outside the perimeter. */
function academieOf(identity: Identity, asked: string | undefined): string {
  const own =
    identity.role === 'vigie_app'
      ? identity.perimeters.filter(({ kind }) => kind === 'academie').map(({ code }) => code)
      : asked === undefined
        ? []
        : [asked]
  const chosen = asked === undefined ? own[0] : own.find((code) => code === asked)
  if (chosen === undefined) {
    throw new AppError('not_found', 'Aucune académie de votre périmètre ne porte ce code.')
  }
  return chosen
}

const optionsOf = (input: NewConnector): ConnectorOptions =>
  input.kind === 'glpi'
    ? {
        allowHttp: input.allowHttp,
        entity: input.entity,
        category: input.category,
        resolveWithTicket: input.resolveWithTicket,
        solveTicket: input.solveTicket,
      }
    : {
        allowHttp: input.allowHttp,
        entity: null,
        category: null,
        resolveWithTicket: false,
        solveTicket: false,
      }

/**
 * Adds a system that incidents are exported to. Out: its id, and the key that signs a webhook's messages, shown this
 * once. Errors: `forbidden`, `not_found`, `conflict` on a name already taken, `invalid_input` on an address refused.
 */
export async function createConnector(ctx: Context, input: NewConnector): Promise<ShownSecret> {
  const identity = authorise(ctx.actor, 'connector:manage')
  const academie = academieOf(identity, input.academie)
  const url = readConnectorUrl(ctx.config, input.kind, input.url, input.allowHttp)
  const id = ctx.random.uuid()
  const secrets: ConnectorSecrets =
    input.kind === 'glpi'
      ? { kind: 'glpi', appToken: input.appToken, userToken: input.userToken }
      : { kind: 'webhook', signingKey: mintSigningKey(ctx.random.bytes(KEY_BYTES)) }
  await write(ctx, identity, async (tx) => {
    await refuseTakenName(tx, academie, input.name)
    await tx.insert(schema.connector).values({
      id,
      academie,
      kind: input.kind,
      name: input.name,
      url,
      severity: input.severity,
      ...sealSecrets(ctx.config, id, secrets),
      options: storeOptions(optionsOf(input)),
      createdAt: ctx.clock.now(),
      createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : NOBODY,
    })
    await record(tx, ctx, {
      action: 'connector.created',
      subject: { kind: 'connector', id },
      details: { kind: input.kind, host: new URL(url).host, severity: input.severity },
    })
  })
  return { id, secret: secrets.kind === 'webhook' ? secrets.signingKey : null }
}
