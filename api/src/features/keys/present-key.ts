import { schema } from '@vigie/db'
import { departementOf, HOLDER_FUNCTION_LABELS, isExpired, KEY_STATE_LABELS } from '@vigie/rules'
import type { HolderFunction } from '@vigie/db/schema'
import type { KeyRow } from './key-row.ts'
import type { KeySummary } from './schema.ts'

const { otpHolder, otpKey, otpSecret } = schema

/** Columns of a summary: of the key, its parameters (never its seed), and its holder. */
export const SUMMARY_COLUMNS = {
  key: {
    id: otpKey.id,
    serial: otpKey.serial,
    kind: otpKey.kind,
    state: otpKey.state,
    stateSince: otpKey.stateSince,
    departement: otpKey.departement,
    manufacturedOn: otpKey.manufacturedOn,
    expiresOn: otpKey.expiresOn,
  },
  token: { type: otpSecret.type, digits: otpSecret.digits },
  holder: {
    id: otpHolder.id,
    displayName: otpHolder.displayName,
    login: otpHolder.login,
    holderFunction: otpHolder.holderFunction,
  },
} as const

export interface SummaryRow {
  readonly key: Pick<KeyRow, keyof typeof SUMMARY_COLUMNS.key>
  readonly token: { readonly type: 'hotp' | 'totp'; readonly digits: number }
  readonly holder: {
    readonly id: string
    readonly displayName: string
    readonly login: string
    readonly holderFunction: HolderFunction
  } | null
}

/** `YYYY-MM-DD` of an instant, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

export const presentHolderRef = (holder: NonNullable<SummaryRow['holder']>) => ({
  id: holder.id,
  displayName: holder.displayName,
  login: holder.login,
  function: holder.holderFunction,
  functionLabel: HOLDER_FUNCTION_LABELS[holder.holderFunction],
})

/** The key without its holder, in French words. */
export function presentBareKey(
  { key, token }: Omit<SummaryRow, 'holder'>,
  now: Date,
): Omit<KeySummary, 'holder'> {
  return {
    id: key.id,
    serial: key.serial,
    kind: key.kind,
    type: token.type,
    digits: token.digits,
    state: key.state,
    stateLabel: KEY_STATE_LABELS[key.state],
    stateSince: key.stateSince.toISOString(),
    departement: key.departement,
    departementName: key.departement === null ? null : (departementOf(key.departement)?.name ?? null),
    manufacturedOn: key.manufacturedOn,
    expiresOn: key.expiresOn,
    expired: isExpired(key.expiresOn, dayOf(now)),
  }
}

export const presentKey = (row: SummaryRow, now: Date): KeySummary => ({
  ...presentBareKey(row, now),
  holder: row.holder && presentHolderRef(row.holder),
})
