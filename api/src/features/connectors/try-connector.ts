import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findConnector, readSealedConnector, type ConnectorRow } from './connector-rows.ts'
import type { GlpiApi } from './glpi-api.ts'
import { glpiOf } from './glpi-channel.ts'
import { OutgoingError, type OutgoingOptions } from './outgoing-request.ts'
import type { Trial } from './schema.ts'
import { postWebhook } from './webhook-channel.ts'
import { PAYLOAD_SCHEMA } from './webhook-payload.ts'

/** A person waits for the answer. */
const TIMEOUT_MS = 10_000
/** Right to create, as GLPI counts rights in a profile. */
const CREATE = 4

type Step = readonly [label: string, run: () => Promise<string>]

function webhookSteps(ctx: Context, connector: ConnectorRow, options: OutgoingOptions): readonly Step[] {
  const payload = {
    schema: PAYLOAD_SCHEMA,
    event: 'trial',
    sequence: 0,
    occurredAt: ctx.clock.now().toISOString(),
    comment: 'Message d’essai : aucun incident n’est en cause.',
    incident: null,
  }
  const send = async () => {
    const status = await postWebhook(ctx, connector, { id: ctx.random.uuid(), payload }, options)
    return `Le message d’essai est arrivé : HTTP ${status}.`
  }
  return [['Message d’essai signé', send]]
}

/** A profile that cannot create tickets says so; one that says nothing readable is believed. */
function mayCreate(profile: unknown): boolean {
  const active = (profile as { active_profile?: { ticket?: unknown } } | null)?.active_profile
  const rights = active?.ticket === undefined ? Number.NaN : Number(active.ticket)
  return Number.isNaN(rights) || (rights & CREATE) === CREATE
}

function glpiSteps(ctx: Context, connector: ConnectorRow, options: OutgoingOptions) {
  let opened: GlpiApi | null = null
  const api = () => (opened ??= glpiOf(ctx, connector, options))
  const checkProfile = async () => {
    if (!mayCreate(await api().get('getActiveProfile'))) {
      throw new OutgoingError('Le profil du compte de GLPI n’a pas le droit de créer des tickets.', false)
    }
    return 'Le compte peut créer des tickets.'
  }
  const readTickets = async () => {
    await api().get('Ticket', { range: '0-0' })
    return 'GLPI accepte la connexion, la lecture et la création de tickets. Aucun ticket n’a été créé.'
  }
  const steps: readonly Step[] = [
    ['Connexion et droits du compte', checkProfile],
    ['Lecture des tickets', readTickets],
  ]
  return { steps, close: async () => opened?.close() }
}

async function play(steps: readonly Step[]): Promise<Omit<Trial, 'durationMs'>> {
  const told: { label: string; done: boolean }[] = []
  let detail = ''
  for (const [label, run] of steps) {
    try {
      detail = await run()
      told.push({ label, done: true })
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error
      const outcome = error.unreachable ? 'unreachable' : 'refused'
      return { outcome, detail: error.message, steps: [...told, { label, done: false }] }
    }
  }
  return { outcome: 'accepted', detail, steps: told }
}

/**
 * Tries a connector now, suspended or not: a signed message without incident for a webhook; for GLPI a connection, the
 * rights of the account and a reading, without a ticket. Errors: `forbidden`, `not_found`.
 */
export async function tryConnector(ctx: Context, id: string): Promise<Trial> {
  const identity = authorise(ctx.actor, 'connector:manage')
  await ctx.db.transact(identity, (tx) => findConnector(tx, id))
  const connector = await readSealedConnector(ctx, id)
  const options = { timeoutMs: TIMEOUT_MS }
  const startedAt = performance.now()
  const { steps, close } =
    connector.kind === 'glpi'
      ? glpiSteps(ctx, connector, options)
      : { steps: webhookSteps(ctx, connector, options), close: async () => {} }
  const played = await play(steps).finally(close)
  const durationMs = Math.round(performance.now() - startedAt)
  await write(ctx, identity, (tx) =>
    record(tx, ctx, {
      action: 'connector.tried',
      subject: { kind: 'connector', id },
      details: { outcome: played.outcome },
    }),
  )
  return { ...played, durationMs }
}
