import { schema, type Tx } from '@vigie/db'
import { HELD_STATES } from '@vigie/rules'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed, sealSeed } from '../../secrets/seal.ts'
import { matchCode, type Token } from '../otp/codes.ts'
import type { AccountActor } from '../sessions/resume-session.ts'
import { findCredential } from './find-credential.ts'
import { ownPlace, type OwnPlace } from './own-place.ts'
import { signedIn } from './signed-in.ts'
import { SOFTWARE_TOKEN } from './start-enrolment.ts'
import { strengthenSession } from './strengthen-session.ts'

/** A seed left on a screen is not taken up later. */
const SHOWN_FOR_MS = 15 * 60_000

export interface Confirmation {
  readonly code: string
  /** Number to dial before the key is revoked or freed. */
  readonly callBackNumber: string
}

/**
 * Takes up the seed shown: a code computed from it makes it an active key, born in its holder's hands. In: the code, the
 * session's value. Out: its new value. No budget guards this step: the person was shown the seed. Errors:
 * `invalid_credentials` (the code), `conflict` (no seed shown lately, or a key came meanwhile).
 */
export async function confirmEnrolment(
  ctx: Context,
  input: Confirmation,
  session: string | null,
): Promise<string> {
  const actor = signedIn(ctx)
  const place = await ownPlace(ctx, actor.grants)
  await write(ctx, { role: 'vigie_app', perimeters: [], accountId: actor.id }, async (tx) => {
    const token = await shownToken(tx, ctx, actor.id)
    const { counter: step } = matchCode(token, input.code, ctx.clock.now(), true)
    if (step === null) {
      throw new AppError(
        'invalid_credentials',
        'Ce code ne vient pas de la clé affichée. Vérifiez l’heure du téléphone.',
      )
    }
    const holderId = await ownHolder(tx, ctx, actor, place, input.callBackNumber).catch(namesake)
    await bear(tx, ctx, { holderId, place, token: { ...token, counter: step + 1 } })
    await tx.delete(schema.softwareEnrolment).where(eq(schema.softwareEnrolment.accountId, actor.id))
  })
  return strengthenSession(ctx, actor.id, session)
}

/** A holder of that login stands in the register and is not linked to this account. */
function namesake(error: unknown): never {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  if (cause?.code !== '23505') throw error
  throw new AppError(
    'conflict',
    'Un porteur est déjà inscrit sous votre identifiant. Demandez à la division informatique de le relier à votre compte.',
  )
}

async function shownToken(tx: Tx, ctx: Context, accountId: string): Promise<Token> {
  const { softwareEnrolment } = schema
  const since = new Date(ctx.clock.now().getTime() - SHOWN_FOR_MS)
  const [shown] = await tx
    .select()
    .from(softwareEnrolment)
    .where(and(eq(softwareEnrolment.accountId, accountId), gt(softwareEnrolment.startedAt, since)))
    .for('update')
  if (!shown)
    throw new AppError('conflict', 'La clé affichée n’est plus valable. Demandez-en une autre et scannez-la.')
  const seed = openSeed(keyringOf(ctx.config), accountId, shown)
  return { ...SOFTWARE_TOKEN, seed, counter: 0, drift: 0 }
}

async function ownHolder(
  tx: Tx,
  ctx: Context,
  actor: AccountActor,
  place: OwnPlace,
  callBackNumber: string,
): Promise<string> {
  const { otpCredential, otpHolder, otpKey } = schema
  const known = await findCredential(tx, actor.id)
  if (known) {
    const [held] = await tx
      .select({ id: otpKey.id })
      .from(otpKey)
      .where(and(eq(otpKey.holderId, known.holderId), inArray(otpKey.state, [...HELD_STATES])))
    if (known.keyId || held)
      throw new AppError('conflict', 'Une clé est déjà à votre nom : une personne n’en tient qu’une.')
    const missing = and(eq(otpHolder.id, known.holderId), isNull(otpHolder.callBackNumber))
    await tx.update(otpHolder).set({ callBackNumber }).where(missing)
    return known.holderId
  }
  const id = ctx.random.uuid()
  await tx.insert(otpHolder).values({
    id,
    kind: 'nominative',
    holderFunction: 'personnel',
    login: actor.login,
    displayName: actor.displayName,
    callBackNumber,
    accountId: actor.id,
    createdAt: ctx.clock.now(),
    ...place,
  })
  await tx
    .insert(otpCredential)
    .values({ holderId: id, academie: place.academie, login: actor.login, active: false })
  return id
}

async function bear(
  tx: Tx,
  ctx: Context,
  { holderId, place, token }: { holderId: string; place: OwnPlace; token: Token },
): Promise<void> {
  const now = ctx.clock.now()
  const keyId = ctx.random.uuid()
  const { type, algorithm, digits, period, counter, drift } = token
  await tx.insert(schema.otpKey).values({
    id: keyId,
    serial: `LOG-${keyId.slice(0, 8).toUpperCase()}`,
    kind: 'software',
    unitPriceCents: 0,
    state: 'active',
    stateSince: now,
    holderId,
    importedAt: now,
    ...place,
  })
  await tx.insert(schema.otpSecret).values({
    keyId,
    type,
    algorithm,
    digits,
    period,
    counter,
    drift,
    ...sealSeed(keyringOf(ctx.config), keyId, token.seed),
  })
  await tx
    .update(schema.otpCredential)
    .set({ keyId, active: true, failCount: 0, pausedUntil: null })
    .where(eq(schema.otpCredential.holderId, holderId))
  await tx.insert(schema.keyTransition).values({
    id: ctx.random.uuid(),
    keyId,
    holderId,
    transition: 'enrol',
    fromState: null,
    toState: 'active',
    at: now,
    actorKind: 'account',
    actorId: signedIn(ctx).id,
  })
  await record(tx, ctx, {
    action: 'key.enrol',
    subject: { kind: 'key', id: keyId },
    details: { to: 'active' },
  })
}
