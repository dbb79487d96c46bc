import { schema } from '@vigie/db'
import { managerOf, superiorOf } from '@vigie/rules'
import { and, asc, eq, inArray, isNull, like } from 'drizzle-orm'
import { downloadPdf } from '../../bordereaux/download-pdf.ts'
import { attachScan } from '../../bordereaux/attach-scan.ts'
import { activateKey } from '../../keys/activate-key.ts'
import { bindKey } from '../../keys/bind-key.ts'
import { choosePin } from '../../keys/choose-pin.ts'
import { openHandOver } from '../../keys/open-hand-over.ts'
import { codeAt, stepAt, type Token } from '../../otp/codes.ts'
import type { AccountActor } from '../open-accounts.ts'
import { seedOf } from '../plan/key-lots.ts'
import type { PlannedHolder } from '../plan/holders.ts'
import { chanceOf } from '../plan/sequence.ts'
import type { KeyStage } from './stage-context.ts'

/** PIN of every key of the demonstration. */
export const DEMONSTRATION_PIN = '4071'
const SIGNED = 0.5

export const managerFor = ({ cast }: KeyStage, holder: PlannedHolder): AccountActor =>
  managerOf(holder.function) === 'osp' ? cast.osp(holder.departement) : cast.diaser

export function superiorFor({ cast }: KeyStage, holder: PlannedHolder): AccountActor {
  switch (superiorOf(holder.function)) {
    case 'ien':
      return cast.ien(holder.inspector ?? '')
    case 'chef_etablissement':
      return cast.chef
    case 'diaser':
      return cast.diaser
  }
}

/** Code that a token of the demonstration shows next, some hours into the stage. */
async function nextCode(stage: KeyStage, serial: string, hours: number): Promise<string> {
  const { otpKey, otpSecret } = schema
  const [found] = await stage.ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ type: otpSecret.type, counter: otpSecret.counter, period: otpSecret.period })
      .from(otpSecret)
      .innerJoin(otpKey, eq(otpKey.id, otpSecret.keyId))
      .where(eq(otpKey.serial, serial)),
  )
  if (!found) throw new Error(`no key ${serial} in the demonstration`)
  const token: Token = { ...found, algorithm: 'SHA1', digits: 6, seed: seedOf(serial), drift: 0 }
  const now = stage.as(stage.cast.diaser, hours).clock.now()
  return codeAt(token, token.type === 'totp' ? stepAt(token, now) : token.counter)
}

/** Serial of a key in the stock that this holder's keys come from. */
async function freeSerial({ ctx }: KeyStage, holder: PlannedHolder): Promise<string> {
  const own = managerOf(holder.function) === 'diaser'
  const prefix = own ? 'ORG' : holder.fate === 'expiring' ? 'BRU' : 'SER'
  const { otpKey } = schema
  const [free] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ serial: otpKey.serial })
      .from(otpKey)
      .where(
        and(
          eq(otpKey.state, 'stock'),
          like(otpKey.serial, `${prefix}%`),
          own ? isNull(otpKey.departement) : eq(otpKey.departement, holder.departement),
        ),
      )
      .orderBy(asc(otpKey.serial))
      .limit(1),
  )
  if (!free) throw new Error(`the demonstration's stock ${prefix} is empty`)
  return free.serial
}

/** Serial of the key in that holder's name; null without one. */
export async function serialHeld({ ctx, idOf }: KeyStage, holder: PlannedHolder): Promise<string | null> {
  const { otpKey } = schema
  const [held] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ serial: otpKey.serial })
      .from(otpKey)
      .where(
        and(
          eq(otpKey.holderId, idOf(holder)),
          inArray(otpKey.state, ['initialised', 'handed_over', 'active', 'paused', 'locked']),
        ),
      ),
  )
  return held?.serial ?? null
}

/** Binds a key to the holder, unless one already is. Out: its serial. */
export async function prepareKey(stage: KeyStage, holder: PlannedHolder, hours = 0): Promise<string> {
  const held = await serialHeld(stage, holder)
  if (held !== null) return held
  const serial = await freeSerial(stage, holder)
  await stage.act(() => bindKey(stage.as(managerFor(stage, holder), hours), serial, stage.idOf(holder)))
  return serial
}

/**
 * Hands a key over, face to face, some hours into the stage; most slips come back signed. `until` leaves the hand-over
 * before its activation.
 */
export async function handKeyOver(
  stage: KeyStage,
  holder: PlannedHolder,
  hours: number,
  until: 'handed_over' | 'active' = 'active',
): Promise<void> {
  const serial = await prepareKey(stage, holder, hours)
  const superior = stage.as(superiorFor(stage, holder), hours + 1)
  const representative = holder.function === 'mairie' ? 'Le secrétaire de mairie' : undefined
  const slip = await stage.act(() =>
    openHandOver(superior, serial, {
      identityChecked: true,
      ...(representative === undefined ? {} : { representative }),
    }),
  )
  if (until === 'handed_over') return
  await stage.act(() => choosePin(superior, serial, DEMONSTRATION_PIN))
  const code = await nextCode(stage, serial, hours + 1)
  await stage.act(() => activateKey(superior, serial, { pin: DEMONSTRATION_PIN, code }))
  if (slip && chanceOf(serial, 'signed') < SIGNED)
    await stage.act(() => signSlip(stage, holder, slip.bordereauId, slip.number, hours + 26))
}

/** The signed copy comes back the day after: here, the slip's own pages. */
async function signSlip(stage: KeyStage, holder: PlannedHolder, id: string, number: string, hours: number) {
  const ctx = stage.as(superiorFor(stage, holder), hours)
  const { content } = await downloadPdf(ctx, id)
  const file = new File([new Uint8Array(content)], `${number}-signe.pdf`, { type: 'application/pdf' })
  await attachScan(ctx, id, { file, signedOn: ctx.clock.now().toISOString().slice(0, 10) })
}
