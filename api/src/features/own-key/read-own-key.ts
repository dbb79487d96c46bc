import { schema } from '@vigie/db'
import { HELD_STATES, KEY_STATE_LABELS } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { HelpedPerson } from '../assistance/helped.ts'
import { proceduresOf } from '../procedures/list-procedures.ts'
import { ownHolder, ownIdentity } from './own-holder.ts'
import type { OwnKey } from './schema.ts'
import { FORGOTTEN_KEY, NO_KEY, NO_PIN_YET, SITUATIONS, SLOWED } from './wording.ts'

const NOTHING: OwnKey = {
  key: null,
  situation: NO_KEY,
  pinSet: false,
  pausedUntil: null,
  lastAcceptedAt: null,
  actions: [],
  procedures: [],
}

/** The signed-in person's own key, in plain words, and what may be done with it. Errors: `forbidden`. */
export async function readOwnKey(ctx: Context): Promise<OwnKey> {
  const { identity, accountId } = ownIdentity(ctx)
  return ctx.db.transact(identity, async (tx) => {
    const person = await ownHolder(tx, accountId)
    if (!person) return NOTHING
    const open = (await proceduresOf(tx, ctx, person.holder.id)).filter(({ closedAt }) => closedAt === null)
    const procedures = open.map(({ id, kindLabel, next }) => ({
      id,
      kindLabel,
      next: next?.label ?? null,
      whoLabel: next?.whoLabel ?? null,
    }))
    const { key, credential } = person
    if (!key) return { ...NOTHING, procedures }
    const [secret] = await tx
      .select({ type: schema.otpSecret.type })
      .from(schema.otpSecret)
      .where(eq(schema.otpSecret.keyId, key.id))
    const now = ctx.clock.now()
    const until = credential?.pausedUntil
    const pausedUntil = until && until > now ? until.toISOString() : null
    return {
      key: {
        serial: key.serial,
        kind: key.kind,
        type: secret?.type ?? '',
        state: key.state,
        stateLabel: KEY_STATE_LABELS[key.state],
        stateSince: key.stateSince.toISOString(),
        expiresOn: key.expiresOn,
      },
      situation: situationOf(person, pausedUntil !== null),
      pinSet: credential?.pepperId != null,
      pausedUntil,
      lastAcceptedAt: credential?.lastAcceptedAt?.toISOString() ?? null,
      actions: actionsOf(person),
      procedures,
    }
  })
}

function situationOf({ key, credential }: HelpedPerson, slowed: boolean): string {
  if (!key) return NO_KEY
  if (key.state !== 'active') return SITUATIONS[key.state]
  if (slowed) return SLOWED
  return key.kind === 'hardware' && credential?.pepperId == null ? NO_PIN_YET : SITUATIONS.active
}

function actionsOf({ key }: HelpedPerson): OwnKey['actions'] {
  const active = key?.state === 'active'
  const held = HELD_STATES.some((state) => state === key?.state)
  return [
    {
      action: 'change_pin',
      label: 'Choisir un autre code PIN',
      explanation:
        'Avec un code affiché par votre clé. Si vous avez oublié le code PIN actuel, laissez-le vide.',
      possible: active && key?.kind === 'hardware',
    },
    {
      action: 'resynchronise',
      label: 'Resynchroniser la clé',
      explanation: 'Quand des codes justes sont refusés : saisissez deux codes qui se suivent.',
      possible: active,
    },
    {
      action: 'report',
      label: 'Signaler une clé perdue, volée ou cassée',
      explanation: 'La clé cesse aussitôt de fonctionner et son remplacement est demandé.',
      possible: held,
    },
    { action: 'forgotten_key', label: 'J’ai oublié ma clé', explanation: FORGOTTEN_KEY, possible: false },
  ]
}
