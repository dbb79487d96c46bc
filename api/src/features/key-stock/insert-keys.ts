import { Buffer } from 'node:buffer'
import type { KeyRecord } from '@vigie/collectors'
import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { sealSeed } from '../../secrets/seal.ts'
import { DEFAULT_UNIT_PRICE_CENTS } from './place.ts'

/** What every key of one import shares. */
export interface Arrival {
  readonly importId: string
  readonly academie: string
  readonly departement: string | null
  readonly at: Date
}

const CHUNK = 1_000
const LIFE_YEARS = 5

/** Writes new keys in state `stock`, their sealed seeds and the first line of their history, in the caller's transaction. */
export async function insertKeys(
  tx: Tx,
  ctx: Context,
  keys: readonly KeyRecord[],
  arrival: Arrival,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  for (let at = 0; at < keys.length; at += CHUNK) {
    await insertChunk(tx, ctx, keys.slice(at, at + CHUNK), arrival)
    onProgress(Math.min(at + CHUNK, keys.length))
  }
}

async function insertChunk(
  tx: Tx,
  ctx: Context,
  keys: readonly KeyRecord[],
  arrival: Arrival,
): Promise<void> {
  const rows = keys.map((key) => rowOf(ctx, key, arrival))
  const columns = `r(id uuid, serial text, manufacturer text, model text, manufactured_on date, expires_on date,
    price int, academie text, departement text, import_id uuid, at timestamptz, type text, algorithm text, digits int,
    period int, seed_sealed text, seal_key_id text, counter bigint, drift int, transition_id uuid, actor_kind text,
    actor_id text)`
  const inserted = await tx.execute(sql`
    insert into otp_key (id, serial, kind, manufacturer, model, manufactured_on, expires_on, unit_price_cents, academie,
      departement, state, state_since, import_id, imported_at)
    select id, serial, 'hardware', manufacturer, model, manufactured_on, expires_on, price, academie, departement,
      'stock', at, import_id, at from ${recordset(rows, columns)}
    on conflict (serial) do nothing returning id`)
  if (rowsOf(inserted).length !== rows.length)
    throw new AppError(
      'conflict',
      'Un autre import enregistre en ce moment les mêmes clés ; rien n’a changé. Relancez celui-ci ensuite.',
    )
  await tx.execute(sql`
    insert into otp_secret (key_id, type, algorithm, digits, period, seed_sealed, seal_key_id, counter, drift)
    select id, type, algorithm, digits, period, decode(seed_sealed, 'hex'), seal_key_id, counter, drift
    from ${recordset(rows, columns)}`)
  await tx.execute(sql`
    insert into key_transition (id, key_id, transition, to_state, at, actor_kind, actor_id, details)
    select transition_id, id, 'import', 'stock', at, actor_kind, actor_id,
      jsonb_build_object('serial', serial, 'importId', import_id)
    from ${recordset(rows, columns)}`)
}

function rowOf(ctx: Context, key: KeyRecord, arrival: Arrival) {
  const id = ctx.random.uuid()
  const { seedSealed, sealKeyId } = sealSeed(keyringOf(ctx.config), id, key.seed)
  return {
    id,
    serial: key.serial,
    manufacturer: key.manufacturer,
    model: key.model,
    manufactured_on: key.manufacturedOn,
    expires_on: endOfLife(key),
    price: key.unitPriceCents ?? DEFAULT_UNIT_PRICE_CENTS,
    academie: arrival.academie,
    departement: arrival.departement,
    import_id: arrival.importId,
    at: arrival.at.toISOString(),
    type: key.type,
    algorithm: key.algorithm,
    digits: key.digits,
    period: key.period,
    seed_sealed: Buffer.from(seedSealed).toString('hex'),
    seal_key_id: sealKeyId,
    counter: key.counter,
    drift: key.drift,
    transition_id: ctx.random.uuid(),
    actor_kind: ctx.actor.kind,
    actor_id: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
  }
}

/** Five years after manufacture, or sooner when the file says so; null when it tells neither. */
export function endOfLife({
  manufacturedOn,
  endsOn,
}: Pick<KeyRecord, 'manufacturedOn' | 'endsOn'>): string | null {
  const ends = [manufacturedOn === null ? null : yearsAfter(manufacturedOn), endsOn]
  return ends.filter((day) => day !== null).toSorted()[0] ?? null
}

function yearsAfter(day: string): string {
  const year = String(Number(day.slice(0, 4)) + LIFE_YEARS).padStart(4, '0')
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`
}
