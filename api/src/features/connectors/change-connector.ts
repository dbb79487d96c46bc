import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { readConnectorUrl } from './connector-address.ts'
import { readOptions, storeOptions } from './connector-options.ts'
import { findConnector, readSealedConnector, refuseTakenName, type ConnectorRow } from './connector-rows.ts'
import { mintSigningKey, openSecrets, sealSecrets, type ConnectorSecrets } from './connector-secrets.ts'
import type { ConnectorChange, ConnectorKind, ShownSecret } from './schema.ts'

const KEY_BYTES = 32
const OF_GLPI = [
  'appToken',
  'userToken',
  'entity',
  'category',
  'resolveWithTicket',
  'solveTicket',
] as const satisfies readonly (keyof ConnectorChange)[]
const OF_WEBHOOK = ['renewSecret'] as const satisfies readonly (keyof ConnectorChange)[]

function refuseForeignFields(kind: ConnectorKind, input: ConnectorChange): void {
  const foreign = (kind === 'glpi' ? OF_WEBHOOK : OF_GLPI).filter((field) => input[field] !== undefined)
  if (foreign.length === 0) return
  throw new AppError('invalid_input', `Ce réglage n’existe pas pour ce connecteur : ${foreign.join(', ')}.`, {
    errors: foreign.map((field) => ({
      pointer: `/${field}`,
      detail: `${field} : à retirer pour ce connecteur`,
    })),
  })
}

/** Out: the secrets once changed; undefined when they are not. */
function changedSecrets(
  ctx: Context,
  sealed: ConnectorRow,
  input: ConnectorChange,
): ConnectorSecrets | undefined {
  if (sealed.kind === 'webhook') {
    if (!input.renewSecret) return undefined
    return { kind: 'webhook', signingKey: mintSigningKey(ctx.random.bytes(KEY_BYTES)) }
  }
  if (input.appToken === undefined && input.userToken === undefined) return undefined
  const known = openSecrets(ctx.config, sealed.id, sealed)
  if (known.kind !== 'glpi') throw new Error(`connector ${sealed.id} holds the secrets of another kind`)
  return {
    kind: 'glpi',
    appToken: input.appToken === undefined ? known.appToken : input.appToken,
    userToken: input.userToken ?? known.userToken,
  }
}

/** An address changed alone would take the token of GLPI elsewhere. */
function refuseMovedToken(known: ConnectorRow, url: string, input: ConnectorChange): void {
  const moved = new URL(url).origin !== new URL(known.url).origin
  if (known.kind !== 'glpi' || !moved || input.userToken !== undefined) return
  const detail = 'userToken : donnez de nouveau le jeton, puisque l’adresse change de serveur'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/userToken', detail }] })
}

/**
 * Changes what is given and nothing else; `enabled` suspends or resumes, and what waits meanwhile is not lost. Out: the
 * new signing key if one was asked for, shown this once. Errors: `forbidden`, `not_found`, `conflict`, `invalid_input`.
 */
export async function changeConnector(
  ctx: Context,
  id: string,
  input: ConnectorChange,
): Promise<ShownSecret> {
  const identity = authorise(ctx.actor, 'connector:manage')
  await ctx.db.transact(identity, (tx) => findConnector(tx, id))
  const sealed = await readSealedConnector(ctx, id)
  refuseForeignFields(sealed.kind, input)
  const options = readOptions(sealed.options)
  const chosen = {
    allowHttp: input.allowHttp ?? options.allowHttp,
    entity: input.entity === undefined ? options.entity : input.entity,
    category: input.category === undefined ? options.category : input.category,
    resolveWithTicket: input.resolveWithTicket ?? options.resolveWithTicket,
    solveTicket: input.solveTicket ?? options.solveTicket,
  }
  const url = readConnectorUrl(ctx.config, sealed.kind, input.url ?? sealed.url, chosen.allowHttp)
  refuseMovedToken(sealed, url, input)
  const secrets = changedSecrets(ctx, sealed, input)
  await write(ctx, identity, async (tx) => {
    const known = await findConnector(tx, id)
    if (input.name !== undefined) await refuseTakenName(tx, known.academie, input.name, id)
    await tx
      .update(schema.connector)
      .set({
        name: input.name ?? known.name,
        url,
        severity: input.severity ?? known.severity,
        options: storeOptions(chosen),
        disabledAt: disabledAt(known.disabledAt, input.enabled, ctx.clock.now()),
        ...(secrets ? sealSecrets(ctx.config, id, secrets) : {}),
      })
      .where(eq(schema.connector.id, id))
    await record(tx, ctx, {
      action: 'connector.changed',
      subject: { kind: 'connector', id },
      details: { fields: Object.keys(input).sort(), host: new URL(url).host },
    })
  })
  return { id, secret: secrets?.kind === 'webhook' ? secrets.signingKey : null }
}

const disabledAt = (known: Date | null, enabled: boolean | undefined, now: Date): Date | null =>
  enabled === undefined ? known : enabled ? null : (known ?? now)
