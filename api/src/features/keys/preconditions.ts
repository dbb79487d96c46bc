import { schema, type Tx } from '@vigie/db'
import type { BordereauKind } from '@vigie/db/schema'
import {
  FAILURES_BEFORE_LOCK,
  HELD_STATES,
  isExpired,
  KEY_STATE_LABELS,
  localDay,
  timeZoneOf,
  type KeyTransition,
  type Precondition,
} from '@vigie/rules'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { CredentialRow, HolderRow, KeyRow } from './key-row.ts'
import type { TransitionFacts } from './transition.ts'

/** All that a precondition may look at. `holder` is who holds the key, or who is to. */
export interface Situation {
  readonly tx: Tx
  readonly ctx: Context
  readonly name: KeyTransition
  readonly key: KeyRow
  readonly holder: HolderRow | null
  readonly credential: CredentialRow | null
  readonly facts: TransitionFacts
}

type Check = (situation: Situation) => AppError | null | Promise<AppError | null>

const HOUR_MS = 3_600_000
const conflict = (detail: string) => new AppError('conflict', detail)
const missing = (pointer: string, detail: string) =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })

/** One check for each precondition of the life of a key: null when it is met, else the refusal. */
export const CHECKS: Readonly<Record<Precondition, Check>> = {
  holder: async ({ tx, name, key, holder, credential }) => {
    if (!holder || !credential) return conflict('Cette clé n’a pas de porteur. Attribuez-la d’abord.')
    if (holder.departedAt || holder.erasedAt)
      return conflict('Ce porteur a quitté ses fonctions : sa clé ne peut que lui être reprise.')
    return name === 'bind' ? alreadyHeld(tx, key, holder) : null
  },

  not_expired: ({ ctx, key }) =>
    isExpired(key.expiresOn, localDay(ctx.clock.now(), timeZoneOf(key.academie)))
      ? conflict(`Cette clé est en fin de vie depuis le ${frenchDay(key.expiresOn)}. Prenez-en une autre.`)
      : null,

  face_to_face: ({ facts }) =>
    facts.identityChecked === true
      ? null
      : missing('/identityChecked', 'Vérifiez l’identité du porteur en face à face, puis confirmez-le.'),

  bordereau: bordereauFault,

  pin: ({ credential }) =>
    credential?.pepperId != null ? null : conflict('Le porteur doit d’abord choisir son code PIN.'),

  first_code: ({ key, credential, facts }) =>
    facts.firstCodeProven === true &&
    credential?.lastAcceptedAt != null &&
    credential.lastAcceptedAt >= key.stateSince
      ? null
      : conflict('Aucun code de cette clé n’a encore été accepté. Saisissez le code qu’elle affiche.'),

  call_back: ({ ctx, holder, facts }) => {
    if (!holder?.callBackNumber)
      return conflict('Ce porteur n’a pas de numéro de rappel connu. Faites-le inscrire sur sa fiche.')
    const age = facts.calledBackAt ? ctx.clock.now().getTime() - facts.calledBackAt.getTime() : -1
    return age >= 0 && age <= HOUR_MS
      ? null
      : missing('/calledBack', 'Rappelez le porteur à son numéro connu, puis confirmez-le dans l’heure.')
  },

  reason: ({ facts }) =>
    (facts.reason ?? '').trim().length >= 3
      ? null
      : missing('/reason', 'Écrivez le motif en quelques mots : il reste dans l’histoire de la clé.'),

  attempts_spent: ({ credential }) =>
    (credential?.failCount ?? 0) >= FAILURES_BEFORE_LOCK
      ? null
      : conflict('Les essais de ce porteur ne sont pas épuisés.'),
}

const frenchDay = (day: string | null): string => (day ?? '').split('-').toReversed().join('/')

async function alreadyHeld(tx: Tx, key: KeyRow, holder: HolderRow): Promise<AppError | null> {
  const { otpKey } = schema
  if (holder.academie !== key.academie || (key.departement ?? holder.departement) !== holder.departement)
    return conflict(
      'Cette clé est dans le stock d’un autre département que celui du porteur. Faites-la expédier d’abord.',
    )
  const [other] = await tx
    .select({ serial: otpKey.serial, state: otpKey.state })
    .from(otpKey)
    .where(and(eq(otpKey.holderId, holder.id), inArray(otpKey.state, [...HELD_STATES])))
    .limit(1)
  return other
    ? conflict(
        `Ce porteur a déjà la clé ${other.serial} (${KEY_STATE_LABELS[other.state].toLowerCase()}). Une personne n’en tient qu’une.`,
      )
    : null
}

/** Kind of slip that a transition must come with, for that holder. */
export function bordereauKindFor(
  name: KeyTransition,
  holder: Pick<HolderRow, 'kind'>,
): Extract<
  BordereauKind,
  'remise_directeur' | 'remise_mairie' | 'restitution_directeur' | 'restitution_mairie'
> {
  const handed = name === 'hand_over'
  if (holder.kind === 'mairie') return handed ? 'remise_mairie' : 'restitution_mairie'
  return handed ? 'remise_directeur' : 'restitution_directeur'
}

async function bordereauFault({ tx, name, key, holder, facts }: Situation): Promise<AppError | null> {
  const { bordereau, keyTransition } = schema
  if (!facts.bordereauId || !holder) return conflict('Établissez d’abord le bordereau de cette clé.')
  const [slip] = await tx
    .select({ kind: bordereau.kind, holderId: bordereau.holderId, keyIds: bordereau.keyIds })
    .from(bordereau)
    .where(eq(bordereau.id, facts.bordereauId))
  const [used] = await tx
    .select({ id: keyTransition.id })
    .from(keyTransition)
    .where(and(eq(keyTransition.keyId, key.id), eq(keyTransition.bordereauId, facts.bordereauId)))
    .limit(1)
  return slip?.kind === bordereauKindFor(name, holder) &&
    slip.holderId === holder.id &&
    slip.keyIds.includes(key.id) &&
    !used
    ? null
    : conflict('Ce bordereau n’est pas celui de cette clé, ou il a déjà servi. Établissez-en un autre.')
}
