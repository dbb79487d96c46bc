import { schema, type Tx } from '@vigie/db'
import { KEY_STATE_LABELS, PROCEDURES } from '@vigie/rules'
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { may } from '../../access/authorise.ts'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { keyActors } from '../keys/key-actors.ts'
import { everyWord } from '../keys/search.ts'
import { personView } from '../procedures/summarise.ts'
import { helpedOf, type HelpedPerson } from './helped.ts'
import { offeredActions } from './offered-actions.ts'
import type { AssistanceList } from './schema.ts'

const { etablissement, otpHolder, otpKey, otpSecret } = schema
const LIMIT = 20

/**
 * Looks for a person by name, login, establishment or serial, with the acts that the caller may do now. Nothing secret
 * is read. Errors: `forbidden`.
 */
export async function searchHolders(ctx: Context, { q }: { q: string }): Promise<AssistanceList> {
  return ctx.db.transact(authorise(ctx.actor, 'key:read'), async (tx) => {
    const words = everyWord(q, sql`${otpHolder.displayName} || ' ' || ${otpHolder.login}`)
    const bySerial = sql`exists (select 1 from otp_key k where k.holder_id = ${otpHolder.id}
      and strpos(lower(k.serial), lower(${q}::text)) > 0)`
    const found = await tx
      .select()
      .from(otpHolder)
      .where(and(isNull(otpHolder.erasedAt), or(and(...words), bySerial)))
      .orderBy(asc(otpHolder.displayName), asc(otpHolder.id))
      .limit(LIMIT + 1)
    const people = await helpedOf(tx, found.slice(0, LIMIT))
    const places = await placesOf(tx, people)
    const types = await typesOf(tx, people)
    const rows = people.map((person) => presentHelped(ctx, person, places, types))
    return { rows, more: found.length > LIMIT }
  })
}

type Places = ReadonlyMap<string, { name: string; commune: string }>
type Types = ReadonlyMap<string, string>

function presentHelped(
  ctx: Context,
  person: HelpedPerson,
  places: Places,
  types: Types,
): AssistanceList['rows'][number] {
  const { holder, key, credential, openProcedure } = person
  const place = places.get(holder.uai ?? '')
  const now = ctx.clock.now()
  const helps = may(ctx.actor, 'key:assist') && keyActors(ctx.actor, holder, holder).includes('assistance')
  return {
    holder: {
      ...personView(holder),
      etablissement: place?.name ?? null,
      commune: place?.commune ?? null,
      circonscription: holder.circonscription,
      departement: holder.departement,
    },
    key: key && {
      serial: key.serial,
      state: key.state,
      stateLabel: KEY_STATE_LABELS[key.state],
      stateSince: key.stateSince.toISOString(),
      type: types.get(key.id) ?? '',
      expiresOn: key.expiresOn,
    },
    now: {
      locked: key?.state === 'locked',
      pausedUntil: later(credential?.pausedUntil, now),
      failCount: credential?.failCount ?? 0,
      pinSet: credential?.pepperId != null,
      temporaryUntil: later(credential?.temporaryUntil, now),
      lastAcceptedAt: credential?.lastAcceptedAt?.toISOString() ?? null,
      openProcedure: openProcedure && {
        id: openProcedure.id,
        kindLabel: PROCEDURES[openProcedure.kind].label,
      },
    },
    actions: helps ? offeredActions(person, now) : [],
  }
}

const later = (at: Date | null | undefined, now: Date): string | null =>
  at && at > now ? at.toISOString() : null

async function placesOf(tx: Tx, people: readonly HelpedPerson[]): Promise<Places> {
  const uais = [...new Set(people.flatMap(({ holder }) => holder.uai ?? []))]
  if (uais.length === 0) return new Map()
  const rows = await tx
    .select({ uai: etablissement.uai, name: etablissement.name, commune: etablissement.commune })
    .from(etablissement)
    .where(inArray(etablissement.uai, uais))
  return new Map(rows.map(({ uai, ...place }) => [uai, place]))
}

async function typesOf(tx: Tx, people: readonly HelpedPerson[]): Promise<Types> {
  const ids = people.flatMap(({ key }) => key?.id ?? [])
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ keyId: otpSecret.keyId, type: otpSecret.type })
    .from(otpSecret)
    .innerJoin(otpKey, eq(otpKey.id, otpSecret.keyId))
    .where(inArray(otpSecret.keyId, ids))
  return new Map(rows.map(({ keyId, type }) => [keyId, type]))
}
